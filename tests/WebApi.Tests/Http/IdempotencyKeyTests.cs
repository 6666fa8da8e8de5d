using System.Net;
using System.Net.Http.Json;
using System.Text;
using GameImages.Testing;
using Npgsql;

namespace GameImages.WebApi.Tests.Http;

/// <summary>Requests that clients repeat with the same Idempotency-Key.</summary>
public sealed class IdempotencyKeyTests : ServiceTests
{
    private const string Games = "/api/v1/games";
    private const string Images = "/api/v1/images";
    private const string Key = "Idempotency-Key";

    private string key = "";

    [SetUp]
    public void Choose_a_key() => key = $"{Guid.NewGuid()}";

    [TestCase("games as JSON")]
    [TestCase("games as a form")]
    [TestCase("clone")]
    [TestCase("image")]
    [TestCase("image in a form")]
    public async Task A_repetition_gets_the_first_response_and_changes_nothing(string kind)
    {
        var original = $"{Games}/{Text(await CreateAsync(Pictures.Png(1)), "id")}";

        // Each form has another boundary.
        Task<HttpResponseMessage> SendAsync() => kind switch
        {
            "games as JSON" => PostAsync(Games, JsonContent.Create(Game())),
            "games as a form" => PostAsync(Games, Form(Pictures.Png(2), Pictures.Gif(2))),
            "clone" => PostAsync($"{original}/clone", null),
            "image" => PostAsync($"{Images}?guild_id={Guild}", new ByteArrayContent(Pictures.Png(3))),
            _ => PostAsync(Images, new MultipartFormDataContent { { new ByteArrayContent(Pictures.Png(4)), "image", "x" } }),
        };

        using var first = await SendAsync();
        var answer = await JsonAsync(first, HttpStatusCode.Created);
        var rows = await RowsAsync();
        using var second = await SendAsync();

        Assert.Multiple(() =>
        {
            Assert.That(first.Headers.Contains("Idempotency-Replayed"), Is.False);
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(second.Headers.GetValues("Idempotency-Replayed"), Is.EqualTo(new[] { "true" }));
            Assert.That(second.Headers.Location, Is.Not.Null.And.EqualTo(first.Headers.Location));
            Assert.That(second.Headers.ETag, Is.EqualTo(first.Headers.ETag));
        });
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(answer.GetRawText()));
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_repetition_gets_the_first_response_even_after_the_game_was_changed_and_deleted()
    {
        using var first = await PostAsync(Games, JsonContent.Create(Game()));
        var game = await JsonAsync(first, HttpStatusCode.Created);
        await Member.PatchAsJsonAsync($"{Games}/{Text(game, "id")}", new { title = "Changed" });
        await Member.DeleteAsync($"{Games}/{Text(game, "id")}");

        using var second = await PostAsync(Games, JsonContent.Create(Game()));
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(game.GetRawText()));
        Assert.That(second.Headers.ETag, Is.EqualTo(first.Headers.ETag));
    }

    [Test]
    public async Task Another_request_with_the_same_key_is_422()
    {
        await JsonAsync(await PostAsync(Games, Form(Pictures.Png(5))), HttpStatusCode.Created);
        var rows = await RowsAsync();

        HttpContent[] others = [JsonContent.Create(Game("Another")), Form(Pictures.Png(6)), Form(banner: Pictures.Png(5)), Form()];
        foreach (var other in others)
            await ProblemAsync(await PostAsync(Games, other), HttpStatusCode.UnprocessableEntity);
        var problem = await ProblemAsync(
            await PostAsync(Images, new ByteArrayContent(Pictures.Png(5))), HttpStatusCode.UnprocessableEntity);

        Assert.That(Text(problem, "detail"), Does.Contain("another request"));
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [Test]
    public async Task Members_do_not_share_keys()
    {
        using var other = Service.CreateClient([]);
        other.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token([Guild], token => token.Claims["sub"] = "8"));
        var first = await JsonAsync(await PostAsync(Games, JsonContent.Create(Game())), HttpStatusCode.Created);
        using var request = Request(Games, JsonContent.Create(Game()));
        using var second = await other.SendAsync(request);

        Assert.That(Text(await JsonAsync(second, HttpStatusCode.Created), "id"), Is.Not.EqualTo(Text(first, "id")));
    }

    [Test]
    public async Task A_request_that_failed_can_be_corrected_under_the_same_key()
    {
        await ProblemAsync(await PostAsync(Games, JsonContent.Create(Game(title: ""))), HttpStatusCode.BadRequest, "title");
        await JsonAsync(await PostAsync(Games, JsonContent.Create(Game())), HttpStatusCode.Created);
    }

    [Test]
    public async Task A_repetition_while_the_first_request_is_in_progress_is_409_with_Retry_After()
    {
        // The first request waits for the row of its image.
        await CreateAsync(Pictures.Png(7));
        await using var connection = await Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT FROM game_images FOR UPDATE", connection))
            await command.ExecuteNonQueryAsync();
        var first = PostAsync(Games, Form(Pictures.Png(7)));
        await Database.WaitForWaitersAsync();

        using var second = await PostAsync(Games, Form(Pictures.Png(7)));
        var problem = await ProblemAsync(second, HttpStatusCode.Conflict);
        Assert.That(second.Headers.RetryAfter?.ToString(), Is.EqualTo("1"));
        Assert.That(Text(problem, "detail"), Does.Contain("in progress"));

        await transaction.RollbackAsync();
        var game = await JsonAsync(await first, HttpStatusCode.Created);
        using var third = await PostAsync(Games, Form(Pictures.Png(7)));
        Assert.That(await third.Content.ReadAsStringAsync(), Is.EqualTo(game.GetRawText()));
    }

    [Test]
    public async Task A_key_has_1_to_255_visible_ASCII_characters()
    {
        foreach (var valid in new[] { "!", new string('~', 255), "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"" })
        {
            key = valid;
            await JsonAsync(await PostAsync(Games, JsonContent.Create(Game())), HttpStatusCode.Created);
        }

        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = Member.BaseAddress };
        client.DefaultRequestHeaders.Authorization = Member.DefaultRequestHeaders.Authorization;
        var rows = await RowsAsync();
        foreach (var invalid in new[] { "", new string('x', 256), "a b", "a\tb", "a\u007Fb", "\u00E9", "\U0001F3B2" })
        {
            foreach (var path in new[] { Games, Images, $"{Games}/{Guid.NewGuid()}/clone" })
            {
                key = invalid;
                using var request = Request(path, JsonContent.Create(Game()));
                await ProblemAsync(await client.SendAsync(request), HttpStatusCode.BadRequest, Key);
            }
        }

        key = "one";
        using var two = Request(Games, JsonContent.Create(Game()));
        two.Headers.TryAddWithoutValidation(Key, "another");
        await ProblemAsync(await Member.SendAsync(two), HttpStatusCode.BadRequest, Key);
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [Test]
    public async Task The_response_to_a_lost_commit_says_whether_a_repetition_is_safe()
    {
        // The trigger fails at the commit, with an error after which the service cannot know the outcome.
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(
            database, new ImmediateTime(TimeSpan.FromSeconds(1)),
            [.. Service.GenerousToUsers.Select(setting => (setting.Key, setting.Value))]);
        using var client = service.CreateClient(Guild);
        using var created = await client.PostAsJsonAsync(Games, Game());
        await database.ExecuteAsync(
            """
            CREATE FUNCTION lose_commit() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE 'provoked' USING ERRCODE = '08007'; END $$;
            CREATE CONSTRAINT TRIGGER lose_commit AFTER INSERT OR UPDATE ON game_sessions DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION lose_commit();
            """);

        var without = await ProblemAsync(await client.PostAsJsonAsync(Games, Game()), HttpStatusCode.ServiceUnavailable);
        using var request = Request(Games, JsonContent.Create(Game()));
        var with = await ProblemAsync(await client.SendAsync(request), HttpStatusCode.ServiceUnavailable);

        // The service ignores the key of a change.
        using var change = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location)
        {
            Content = JsonContent.Create(new { title = "x" }),
        };
        change.Headers.Add(Key, key);
        var ofChange = await ProblemAsync(await client.SendAsync(change), HttpStatusCode.ServiceUnavailable);

        Assert.Multiple(() =>
        {
            const string check = "The change may or may not have been made. Check before you send it again.";
            Assert.That(Text(without, "detail"), Is.EqualTo(check));
            Assert.That(Text(ofChange, "detail"), Is.EqualTo(check));
            Assert.That(Text(with, "detail"), Is.EqualTo(
                "The change may or may not have been made. Repeat the request with the same Idempotency-Key: it is carried out once."));
        });
    }

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent? content)
    {
        using var request = Request(path, content);
        return await Member.SendAsync(request);
    }

    private HttpRequestMessage Request(string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation(Key, key);
        return request;
    }
}
