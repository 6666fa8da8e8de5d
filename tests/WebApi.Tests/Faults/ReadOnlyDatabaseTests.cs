using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Faults;

public sealed class ReadOnlyDatabaseTests : ServiceTests
{
    // A standby is read-only after a failover.
    [Test]
    public async Task A_read_only_database_serves_games_and_rejects_changes_with_503()
    {
        var time = new FakeTime();
        await using var service = new Service(Database, time);
        using var member = service.CreateClient(Guild);
        var game = await CreateAsync(Pictures.Png(1));
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_read_only = on");
        await Database.ExecuteAsync(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """);

        using var read = await member.GetAsync($"/api/v1/games/{Text(game, "id")}");
        using var change = await member.PutAsync($"/api/v1/games/{Text(game, "id")}/banner", new ByteArrayContent(Pictures.Png(2)));

        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ProblemAsync(change, HttpStatusCode.ServiceUnavailable);
        Assert.That(change.Headers.RetryAfter, Is.Not.Null);

        // The open connections stay read-only, as those to a server that is a standby now.
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} RESET default_transaction_read_only");
        time.Advance(TimeSpan.FromSeconds(1));
        using var repeated = await member.PutAsync($"/api/v1/games/{Text(game, "id")}/banner", new ByteArrayContent(Pictures.Png(2)));
        Assert.That(repeated.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
