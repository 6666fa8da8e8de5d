using System.Net;
using System.Net.Http.Json;
using GameImages.Infrastructure.Database;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Faults;

/// <summary>The database raises an error of each class while it runs the statements of a request.</summary>
public sealed class ErrorTableTests
{
    // A row with a condition applies to errors that no function can raise.
    private static readonly IEnumerable<TestCaseData> Errors = ErrorTable.Rows
        .Where(row => row.Condition is null)
        .Select(row => new TestCaseData(row.Code.PadRight(5, '0'), row.Kind));

    private TestDatabase database = null!;
    private Service service = null!;
    private HttpClient client = null!;
    private string game = null!;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        database = await TestDatabase.CreateAsync();

        // Retries do not wait, so that the test is fast.
        service = new Service(
            database, new ImmediateTime(TimeSpan.FromSeconds(1)),
            [.. Service.GenerousToUsers.Select(setting => (setting.Key, setting.Value))]);
        client = service.CreateClient(ServiceTests.Guild);
        using var created = await client.PostAsync("/api/v1/games", ServiceTests.Form());
        game = ServiceTests.Text(await ServiceTests.JsonAsync(created, HttpStatusCode.Created), "id")!;

        // The policy applies to every statement of the service that reads or writes a game.
        await database.ExecuteAsync(
            """
            CREATE TABLE raised (code text);
            CREATE FUNCTION raise_error() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
                DECLARE wanted text := (SELECT code FROM public.raised);
                BEGIN
                    IF wanted IS NOT NULL THEN
                        RAISE 'provoked' USING ERRCODE = wanted;
                    END IF;
                    RETURN true;
                END $$;
            GRANT EXECUTE ON FUNCTION raise_error() TO PUBLIC;
            CREATE POLICY raise_error ON game_sessions AS RESTRICTIVE USING (raise_error());
            """);
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        client.Dispose();
        await service.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCaseSource(nameof(Errors))]
    public async Task Each_request_gets_the_response_for_the_kind_of_the_error(string sqlState, FaultKind kind)
    {
        var rows = await RowsAsync();
        await database.ExecuteAsync("INSERT INTO raised VALUES (@sqlState)", new { sqlState });
        HttpRequestMessage[] requests =
        [
            new(HttpMethod.Get, $"/api/v1/games/{game}"),
            new(HttpMethod.Get, "/api/v1/games"),
            new(HttpMethod.Get, "/api/v1/games?text=dune"),
            new(HttpMethod.Post, "/api/v1/games") { Content = ServiceTests.Form(Pictures.Png(1), Pictures.Png(2)) },
            new(HttpMethod.Patch, $"/api/v1/games/{game}") { Content = JsonContent.Create(new { title = "Changed" }) },
            new(HttpMethod.Put, $"/api/v1/games/{game}/banner") { Content = new ByteArrayContent(Pictures.Png(3)) },
            new(HttpMethod.Delete, $"/api/v1/games/{game}"),
        ];

        foreach (var request in requests)
        {
            using var response = await client.SendAsync(request);
            var name = $"{request.Method} {request.RequestUri}";
            var isUnknown = kind == FaultKind.UnknownOutcome && request.Method == HttpMethod.Post;
            Assert.Multiple(() =>
            {
                Assert.That(
                    response.StatusCode,
                    Is.EqualTo(kind == FaultKind.Mistake ? HttpStatusCode.InternalServerError : HttpStatusCode.ServiceUnavailable), name);
                Assert.That(response.Headers.RetryAfter is null, Is.EqualTo(kind == FaultKind.Mistake), name);
            });
            Assert.That(
                await response.Content.ReadAsStringAsync(),
                isUnknown ? Does.Contain("may or may not have been made") : Does.Not.Contain("may or may not have been made"), name);
        }

        await database.ExecuteAsync("DELETE FROM raised");
        using var afterwards = await client.GetAsync($"/api/v1/games/{game}");
        Assert.That(afterwards.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    private Task<string> RowsAsync() =>
        database.SingleAsync<string>("SELECT string_agg(g::text, ' ' ORDER BY id) FROM game_sessions AS g");
}
