using System.Net;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

public sealed class HealthTests
{
    [Test]
    public async Task The_service_is_ready_when_the_database_has_its_schema_version()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        using var client = service.CreateClient([]);

        Assert.That(await GetAsync(client, "live"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await GetAsync(client, "ready"), Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task The_service_is_live_but_not_ready_with_an_older_schema(int version)
    {
        await using var database = await TestDatabase.CreateAsync(version);
        await using var service = new Service(database);
        using var client = service.CreateClient([]);

        Assert.That(await GetAsync(client, "live"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await GetAsync(client, "ready"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(
            SchemaMigrator.LatestVersion,
            CancellationToken.None);
        Assert.That(await GetAsync(client, "ready"), Is.EqualTo(HttpStatusCode.OK));
    }

    // The state after the migration of a newer program.
    [TestCase(0, HttpStatusCode.OK)]
    [TestCase(1, HttpStatusCode.ServiceUnavailable)]
    public async Task The_service_is_ready_with_a_newer_schema_if_that_works_with_its_version(int newerThanOurs, HttpStatusCode expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        using var client = service.CreateClient([]);
        await database.ExecuteAsync(
            $"""
            INSERT INTO schema_versions VALUES ({SchemaMigrator.LatestVersion + 1}, now(), 'FromTheFuture');
            COMMENT ON TABLE schema_versions IS 'oldest compatible version: {SchemaMigrator.LatestVersion + newerThanOurs}';
            """);

        Assert.That(await GetAsync(client, "ready"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Without_its_database_the_service_is_live_and_responds_with_503()
    {
        var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database);
        using var client = service.CreateClient(42);
        await database.DisposeAsync();

        Assert.That(await GetAsync(client, "live"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await GetAsync(client, "ready"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        using var list = await client.GetAsync("/api/v1/games");
        Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), await list.Content.ReadAsStringAsync());
        Assert.That(list.Headers.RetryAfter, Is.Not.Null);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string check)
    {
        using var response = await client.GetAsync($"/health/{check}");
        return response.StatusCode;
    }
}
