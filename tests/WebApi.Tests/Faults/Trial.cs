using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Faults;

/// <summary>A request that may fail because of the database, and its correct response.</summary>
/// <param name="IsRightAsync">Checks the body of the response and the written data.</param>
internal sealed record Trial(HttpRequestMessage Request, HttpStatusCode Right, Func<byte[], Task<bool>> IsRightAsync);

/// <summary>The kinds of responses.</summary>
internal enum Outcome
{
    Right,

    /// <summary>503 with Retry-After: nothing was changed.</summary>
    Unavailable,

    /// <summary>503 with Retry-After, whose detail says that the change was made as a whole or not at all.</summary>
    Unknown,

    /// <summary>The response ended before its length.</summary>
    Aborted,

    /// <summary>500, or a wrong response.</summary>
    Wrong,
}

/// <summary>Makes requests of every kind that reads or writes the database.</summary>
/// <param name="prepare">Sends the preparing requests to a service whose connections are not cut.</param>
internal sealed class Trials(TestDatabase database, HttpClient prepare)
{
    public const long OtherGuild = 43;

    /// <summary>The kinds of requests. Those that write have another method than GET and HEAD.</summary>
    public static readonly string[] Kinds =
    [
        "GET game", "GET list", "GET list of a guild", "GET list with a text",
        "POST game", "POST game with new images", "POST game with known images",
        "PATCH game", "PUT banner", "PUT thumbnail", "DELETE thumbnail", "POST clone", "DELETE game",
        "GET image", "HEAD image", "GET image that is known", "GET image in pieces", "GET range", "GET readiness",
    ];

    private static readonly byte[] Small = Pictures.Png(1);
    private static readonly byte[] Other = Pictures.Png(2);
    private static readonly byte[] Large = Pictures.Png(3, byteLength: 100_000);

    private readonly Dictionary<string, byte[]> right = [];
    private string shown = null!;
    private string changed = null!;
    private string smallImage = null!;
    private string largeImage = null!;
    private int number = 100_000;

    public static bool IsWrite(string kind) =>
        !kind.StartsWith("GET", StringComparison.Ordinal) && !kind.StartsWith("HEAD", StringComparison.Ordinal);

    public async Task CreateGamesAsync()
    {
        changed = await CreateAsync(ServiceTests.Form(Small, Other));
        smallImage = ServiceTests.Text(await GetAsync(changed), "thumbnail_id")!;
        largeImage = ServiceTests.Text(await GetAsync(await CreateAsync(ServiceTests.Form(Large))), "thumbnail_id")!;
        shown = await CreateAsync(JsonContent.Create(new
        {
            guild_id = $"{OtherGuild}",
            channel_id = "5",
            title = "Dune: Imperium",
            scheduled_at = "2030-02-07T19:30:00Z",
        }));

        foreach (var kind in new[] { "GET game", "GET list", "GET list of a guild", "GET list with a text" })
            right[kind] = await prepare.GetByteArrayAsync(Path(kind));
    }

    public async Task<Trial> NextAsync(string kind)
    {
        number++;
        var image = Pictures.Png(number);
        var game = $"/api/v1/games/{changed}";

        switch (kind)
        {
            case "POST game":
                return Write(HttpMethod.Post, "/api/v1/games", ServiceTests.Form(), IsThereAsync);
            case "POST game with new images":
                return Write(
                    HttpMethod.Post, "/api/v1/games", ServiceTests.Form(Pictures.Gif(number), image),
                    body => IsShownAsync("banner_image_id", Id(body), image));
            case "POST game with known images":
                return Write(
                    HttpMethod.Post, "/api/v1/games", ServiceTests.Form(Other, Small),
                    body => IsShownAsync("banner_image_id", Id(body), Small));
            case "PATCH game":
                var title = $"Dune {number}";
                return Write(
                    HttpMethod.Patch, game, JsonContent.Create(new { title }),
                    _ => CountsAsync("id::text = @changed AND title = @title", new { changed, title }));
            case "PUT banner":
                return Write(
                    HttpMethod.Put, $"{game}/banner", new ByteArrayContent(image),
                    _ => IsShownAsync("banner_image_id", changed, image));
            case "PUT thumbnail":
                return Write(
                    HttpMethod.Put, $"{game}/thumbnail", new ByteArrayContent(Other),
                    _ => IsShownAsync("thumbnail_id", changed, Other));
            case "DELETE thumbnail":
                var bare = await CreateAsync(ServiceTests.Form(image, Small));
                return Write(
                    HttpMethod.Delete, $"/api/v1/games/{bare}/thumbnail", null,
                    _ => CountsAsync("id::text = @bare AND thumbnail_id IS NULL", new { bare }));
            case "POST clone":
                return Write(HttpMethod.Post, $"{game}/clone", null, IsThereAsync);
            case "DELETE game":
                var deleted = await CreateAsync(ServiceTests.Form(image, Small));
                return Write(
                    HttpMethod.Delete, $"/api/v1/games/{deleted}", null,
                    async _ => !await CountsAsync("id::text = @deleted", new { deleted }));
            case "HEAD image":
                return new(new(HttpMethod.Head, Path(kind)), HttpStatusCode.OK, Is([]));
            case "GET image":
                return new(new(HttpMethod.Get, Path(kind)), HttpStatusCode.OK, Is(Small));
            case "GET image in pieces":
                return new(new(HttpMethod.Get, Path(kind)), HttpStatusCode.OK, Is(Large));
            case "GET image that is known":
                var entityTag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Large))}\"";
                return new(
                    new(HttpMethod.Get, Path(kind)) { Headers = { { "If-None-Match", entityTag } } },
                    HttpStatusCode.NotModified,
                    Is([]));
            case "GET range":
                return new(
                    new(HttpMethod.Get, Path(kind)) { Headers = { { "Range", "bytes=1000-1099" } } },
                    HttpStatusCode.PartialContent,
                    Is(Large[1000..1100]));
            case "GET readiness":
                return new(new(HttpMethod.Get, Path(kind)), HttpStatusCode.OK, _ => Task.FromResult(true));
            default:
                return new(new(HttpMethod.Get, Path(kind)), HttpStatusCode.OK, Is(right[kind]));
        }
    }

    public static async Task<Outcome> SendAsync(HttpClient client, Trial trial)
    {
        try
        {
            using var request = trial.Request;
            using var response = await client.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();

            if (response.StatusCode == trial.Right)
                return await trial.IsRightAsync(body) ? Outcome.Right : Outcome.Wrong;
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                return Outcome.Wrong;
            if (response.Headers.RetryAfter is null)
                return Outcome.Wrong;

            return Encoding.UTF8.GetString(body).Contains("may or may not have been made", StringComparison.Ordinal)
                ? Outcome.Unknown
                : Outcome.Unavailable;
        }
        catch (HttpRequestException)
        {
            return Outcome.Aborted;
        }
    }

    private string Path(string kind) => kind switch
    {
        "GET game" => $"/api/v1/games/{shown}",
        "GET list" => "/api/v1/games?limit=1",
        "GET list of a guild" => $"/api/v1/games?limit=1&guild_id={OtherGuild}",
        "GET list with a text" => $"/api/v1/games?limit=1&guild_id={OtherGuild}&text=imperium",
        "GET image" or "HEAD image" => $"/api/v1/public/images/{smallImage}",
        "GET readiness" => "/health/ready",
        _ => $"/api/v1/public/images/{largeImage}",
    };

    private static Trial Write(HttpMethod method, string path, HttpContent? content, Func<byte[], Task<bool>> isRightAsync) => new(
        new(method, path) { Content = content },
        method == HttpMethod.Post ? HttpStatusCode.Created : method == HttpMethod.Delete ? HttpStatusCode.NoContent : HttpStatusCode.OK,
        isRightAsync);

    private static Func<byte[], Task<bool>> Is(byte[] expected) => body => Task.FromResult(body.AsSpan().SequenceEqual(expected));

    private static string Id(byte[] game) => ServiceTests.Text(JsonDocument.Parse(game).RootElement, "id")!;

    private Task<bool> IsThereAsync(byte[] game) => CountsAsync("id::text = @id", new { id = Id(game) });

    private Task<bool> IsShownAsync(string slot, string game, byte[] image) => CountsAsync(
        $"id::text = @game AND {slot} = (SELECT id FROM game_images WHERE content_hash = @hash)",
        new { game, hash = SHA256.HashData(image) });

    private async Task<bool> CountsAsync(string condition, object parameters) =>
        await database.SingleAsync<long>($"SELECT count(*) FROM game_sessions WHERE {condition}", parameters) == 1;

    private async Task<string> CreateAsync(HttpContent content)
    {
        using var response = await prepare.PostAsync("/api/v1/games", content);
        return ServiceTests.Text(await ServiceTests.JsonAsync(response, HttpStatusCode.Created), "id")!;
    }

    private async Task<JsonElement> GetAsync(string game)
    {
        using var response = await prepare.GetAsync($"/api/v1/games/{game}");
        return await ServiceTests.JsonAsync(response);
    }
}
