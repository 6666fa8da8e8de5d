using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests;

public sealed class CommandLineTests : DatabaseTests
{
    [TestCase("up", "--to", "99")]
    [TestCase("up", "--to", "1")]
    [TestCase("down", "--to", "-1")]
    [TestCase("down", "--to", "x")]
    [TestCase("sideways")]
    [TestCase("backup", "")]
    [TestCase("restore", "")]
    [TestCase("export", "7f0e1de4-3c1b-4f2c-9a0e-0123456789ab", "")]
    [TestCase("token")]
    [TestCase("connection", "--role", "postgres")]
    [TestCase("outbox")]
    public async Task A_wrong_command_line_returns_2_with_a_reason_and_changes_nothing(params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(Database, arguments);

        Assert.That((exitCode, error == ""), Is.EqualTo((2, false)));
        Assert.That(
            await RunAsync(Database, "status"),
            Is.EqualTo((0, $"Schema version {SchemaMigrator.LatestVersion} of {SchemaMigrator.LatestVersion}.", "")));
    }

    [TestCase("\"upp\" is not a command of gameimages. Did you mean up? See gameimages --help.", "upp")]
    [TestCase("\"zzzz\" is not a command of gameimages. See gameimages --help.", "zzzz")]
    [TestCase("\"lst\" is not a command of gameimages outbox. Did you mean list? See gameimages outbox --help.", "outbox", "lst")]
    [TestCase("\"--jsn\" is not an option of gameimages. Did you mean --json? See gameimages --help.", "--jsn")]
    [TestCase("gameimages needs a command, such as gameimages up. See gameimages --help.")]
    [TestCase("gameimages outbox needs a command, such as gameimages outbox list. See gameimages outbox --help.", "outbox")]
    [TestCase(
        "--limit is \"x\": it has to be a whole number from 1 to 2147483647. See gameimages outbox list --help.",
        "outbox", "list", "--limit", "x")]
    [TestCase("--max is \"-1\": it has to be a whole number from 0 to 2147483647. See gameimages repair --help.", "repair", "--max", "-1")]
    public async Task The_error_for_a_wrong_command_line_is_one_line_that_names_the_help(string message, params string[] arguments) =>
        Assert.That(await RunAsync(Database, arguments), Is.EqualTo((2, "", $"gameimages: {message}")));

    [Test]
    public async Task An_unreachable_server_returns_3()
    {
        var (exitCode, _, error) = await RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = "Host=127.0.0.1;Port=1;Username=x;Password=y" },
            "status");

        Assert.That((exitCode, error.Split('\n').Length), Is.EqualTo((3, 1)), error);
    }

    [Test]
    public async Task Without_a_connection_string_the_error_names_the_setting()
    {
        var (exitCode, _, error) = await RunAsync(new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" }, "status");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("ConnectionStrings__Migrator"));
    }

    [Test]
    public async Task In_development_commands_use_the_embedded_server_of_the_data_folder()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);
        var development = new Dictionary<string, string> { ["GAMEIMAGES_DATA"] = folder.Path };

        Assert.That(
            (await RunAsync(development, "up")).Output,
            Does.StartWith($"Moved the schema from version 0 to version {SchemaMigrator.LatestVersion}."));
        var (exitCode, _, error) = await RunAsync(development, "connection", "--role", "owner");
        Assert.That((exitCode, error.Contains("does not run", StringComparison.Ordinal)), Is.EqualTo((3, true)), error);

        await using (var server = await EmbeddedServer.StartAsync(folder))
            Assert.That(
                await RunAsync(development, "connection", "--role", "owner"),
                Is.EqualTo((0, server.ConnectionUri(EmbeddedServer.Owner), "")));

        Assert.That(
            (await RunAsync(development, "token", "--user", "7", "--guild", "42", "--guild", "43")).Output,
            Does.Match(@"^[\w-]+\.[\w-]+\.[\w-]+$"));
        var run = await RunAsync(development, "token", "--user", "7", "--guild", "42", "--name", "Ann", "--may-host-for-others");
        var trusted = new JsonWebToken(run.Output);
        Assert.That(
            (trusted.GetPayloadValue<string>("name"), trusted.GetPayloadValue<bool>("may_host_for_others")),
            Is.EqualTo(("Ann", true)));
        folder.Delete();
    }
}
