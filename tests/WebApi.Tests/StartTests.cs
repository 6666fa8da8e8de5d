using System.Diagnostics;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

public sealed class StartTests
{
    [TestCase("GameImages", EmbeddedServer.Superuser, "is a superuser")]
    [TestCase("GameImages", EmbeddedServer.Owner, "owns the tables")]
    [TestCase("GameImages", "careless", "bypasses row security")]
    [TestCase("PublicImages", EmbeddedServer.Superuser, "is a superuser")]
    [TestCase("PublicImages", Roles.App, "may read games")]
    public async Task The_service_refuses_to_run_with_a_role_that_may_do_too_much_and_says_why(string setting, string role, string reason)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("DO $$ BEGIN CREATE ROLE careless LOGIN BYPASSRLS PASSWORD 'x'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
        var connectionString = role == "careless"
            ? new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString(Roles.App)) { Username = role, Password = "x" }.ConnectionString
            : database.ConnectionString(role);

        using var process = Service.StartProcess(database, ($"ConnectionStrings:{setting}", connectionString));
        var output = await OutputAsync(process);

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain($"ConnectionStrings:{setting} names the role {role}").And.Contain(reason).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Without_a_role_for_the_public_images_it_does_not_start()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var process = Service.StartProcess(database, ("ConnectionStrings:PublicImages", null));
        await OutputAsync(process);

        Assert.That(process.ExitCode, Is.Not.Zero);
    }

    [TestCase("Images:MaxBytes", "0")]
    [TestCase("Images:MaxSide", "wide")]
    [TestCase("Images:MaxByte", "5")]
    public async Task Limits_of_images_that_make_no_sense_stop_the_start(string setting, string value)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var process = Service.StartProcess(database, (setting, value));
        await OutputAsync(process);

        Assert.That(process.ExitCode, Is.Not.Zero);
    }

    /// <returns>All that a process printed until it ended; one that goes on is killed.</returns>
    private static async Task<string> OutputAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var kill = patience.Token.Register(process.Kill);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
