using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>The service over HTTP on a fresh database for each fixture.</summary>
public abstract class ServiceTests
{
    public const long Guild = 42;

    protected TestDatabase Database { get; private set; } = null!;

    protected Service Service { get; private set; } = null!;

    /// <summary>A member of the guild.</summary>
    protected HttpClient Member { get; private set; } = null!;

    /// <summary>Without credentials.</summary>
    protected HttpClient Anybody { get; private set; } = null!;

    /// <summary>The settings of the service in addition to those of the database.</summary>
    protected virtual (string Key, string Value)[] Settings => [];

    [OneTimeSetUp]
    public async Task StartServiceAsync()
    {
        await StartOthersAsync();
        Database = await TestDatabase.CreateAsync();
        Service = new Service(Database, Settings);
        Member = Service.CreateClient(Guild);
        Anybody = Service.CreateClient([]);
    }

    [OneTimeTearDown]
    public async Task StopServiceAsync()
    {
        Member.Dispose();
        Anybody.Dispose();
        await Service.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Starts the servers that the settings name, before the service starts.</summary>
    protected virtual Task StartOthersAsync() => Task.CompletedTask;

    /// <returns>A form for a valid game.</returns>
    public static MultipartFormDataContent Form(byte[]? thumbnail = null, byte[]? banner = null)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent($"{Guild}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Dune: Imperium"), "title" },
            { new StringContent("2026-02-07T20:30:00+01:00"), "scheduled_at" },
        };

        if (thumbnail is not null)
            form.Add(new ByteArrayContent(thumbnail), "thumbnail", "thumbnail");
        if (banner is not null)
            form.Add(new ByteArrayContent(banner), "banner", "banner");

        return form;
    }

    protected static object Game(string title = "Dune: Imperium") =>
        new
        {
            guild_id = $"{Guild}",
            channel_id = "5",
            title,
            scheduled_at = "2026-02-07T19:30:00Z",
        };

    protected async Task<JsonElement> CreateAsync(byte[]? thumbnail = null, byte[]? banner = null)
    {
        using var response = await Member.PostAsync("/api/v1/games", Form(thumbnail, banner));
        return await JsonAsync(response, HttpStatusCode.Created);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Expects a problem (RFC 9457) with this status.</summary>
    /// <param name="fields">The fields that the problem names; empty for a problem without fields.</param>
    protected static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode expected, params string[] fields)
    {
        var problem = await JsonAsync(response, expected);

        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
            Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo((int)expected));
            Assert.That(problem.GetProperty("title").GetString(), Is.Not.Empty);

            if (fields.Length > 0)
                Assert.That(problem.GetProperty("errors").EnumerateObject().Select(error => error.Name), Is.EquivalentTo(fields));
        });
        return problem;
    }

    public static string? Text(JsonElement game, string field) => game.GetProperty(field).GetString();

    protected Task<string> RowsAsync() => Database.SingleAsync<string>(
        """
        SELECT concat(
            (SELECT string_agg(g::text, ' ' ORDER BY id) FROM game_sessions AS g),
            (SELECT string_agg(concat(id, reference_count), ' ' ORDER BY id) FROM game_images))
        """);
}
