using System.Text.Json;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Migrator.Tests.Server;

/// <summary>gameimages bootstrap, by a superuser and by a role that may only create roles and databases.</summary>
[TestFixture("postgres")]
[TestFixture("administrator")]
public sealed class BootstrapTests(string administrator)
{
    private static readonly string[] AllRoles = [Roles.Owner, Roles.App, Roles.Public, Roles.Bot, Roles.Variants];

    private BareServer server = null!;

    [OneTimeSetUp]
    public async Task Start_a_server() => server = await BareServer.StartAsync("-c fsync=off -c log_statement=all");

    [SetUp]
    public async Task Empty_the_server()
    {
        await server.EmptyAsync();
        if (administrator != "postgres")
            await server.ExecuteAsync(
                $"CREATE ROLE {administrator} LOGIN CREATEDB CREATEROLE PASSWORD 'a'; "
                + $"GRANT CONNECT ON DATABASE postgres TO {administrator}");
    }

    [OneTimeTearDown]
    public ValueTask Stop_the_server() => server.DisposeAsync();

    [Test]
    public async Task On_an_empty_server_it_creates_everything_that_the_schema_and_the_service_need()
    {
        var (exitCode, output, error) = await RunAsync();
        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.StartWith("# Database gameimages: created.\n").And.EndWith("\n# Next: gameimages up"));

        var settings = await SourceAsync(output);
        Assert.That(
            (await CommandLine.RunAsync(settings, "up")).Output,
            Does.StartWith($"Moved the schema from version 0 to version {SchemaMigrator.LatestVersion}."));

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting =>
                    KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
            .Build();
        await using var service = new ServiceCollection()
            .AddLogging()
            .AddInfrastructure(configuration, checkRoles: true)
            .BuildServiceProvider();
        Assert.That(async () => await service.CheckRolesAsync(), Throws.Nothing);

        var matrix = string.Join('\n', await server.QueryAsync<string>(Privileges.Sql, "gameimages")) + "\n";
        Assert.That(
            matrix,
            Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "privileges.approved.txt"))));

        await using var bot = new NpgsqlConnection(settings["ConnectionStrings__Bot"]);
        Assert.That(async () => await bot.OpenAsync(), Throws.Nothing);
    }

    [Test]
    public async Task A_second_run_changes_nothing()
    {
        await RunAsync();
        var before = await CatalogAsync();
        var (exitCode, output, _) = await RunAsync();

        Assert.That(exitCode, Is.Zero);
        Assert.That(
            output,
            Does.Contain("# Database gameimages: unchanged.")
                .And.Contain($"# {Roles.App}: unchanged")
                .And.Contain($"Username={Roles.App};Password=…'"));
        Assert.That(await CatalogAsync(), Is.EqualTo(before));

        // A shell that reads this output keeps all settings of the first run.
        Assert.That(output.Split('\n'), Is.All.StartWith("# "));
    }

    // An earlier version has prepared the server.
    [Test]
    public async Task Up_to_version_13_needs_the_role_of_the_worker_and_bootstrap_adds_it()
    {
        var settings = await SourceAsync((await RunAsync()).Output);
        await CommandLine.RunAsync(settings, "up", "--to", "12");
        await server.ExecuteAsync($"DROP OWNED BY {Roles.Variants}; DROP ROLE {Roles.Variants}");

        var (exitCode, _, error) = await CommandLine.RunAsync(settings, "up");
        Assert.That(
            (exitCode, error),
            Is.EqualTo((
                3,
                "gameimages: The role gameimages_variants is missing, and gameimages_owner may not create it. "
                + "Run gameimages bootstrap first.")));
        Assert.That(
            (await CommandLine.RunAsync(settings, "status")).Output,
            Is.EqualTo($"Schema version 12 of {SchemaMigrator.LatestVersion}."));

        var (_, output, _) = await RunAsync();
        Assert.That(output, Does.Contain("# gameimages_variants: created").And.Contain("# gameimages_app: unchanged"));
        Assert.That((await SourceAsync(output)).Keys, Is.EqualTo(new[] { "ConnectionStrings__Variants" }));
        Assert.That((await CommandLine.RunAsync(settings, "up")).ExitCode, Is.Zero);
        Assert.That(
            string.Join('\n', await server.QueryAsync<string>(Privileges.Sql, "gameimages")) + "\n",
            Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "privileges.approved.txt"))));
    }

    // The statements that an interrupted run has executed.
    [TestCase("CREATE ROLE gameimages_owner NOLOGIN")]
    [TestCase(
        "CREATE ROLE gameimages_owner NOLOGIN",
        "CREATE ROLE gameimages_app NOLOGIN",
        "CREATE ROLE gameimages_public NOLOGIN",
        "CREATE ROLE gameimages_bot NOLOGIN",
        "CREATE ROLE gameimages_variants NOLOGIN")]
    [TestCase(
        "CREATE ROLE gameimages_owner NOLOGIN",
        "CREATE ROLE gameimages_app NOLOGIN",
        "CREATE ROLE gameimages_public NOLOGIN",
        "CREATE ROLE gameimages_bot NOLOGIN",
        "CREATE ROLE gameimages_variants NOLOGIN",
        "CREATE DATABASE gameimages TEMPLATE template0 ALLOW_CONNECTIONS false")]
    public async Task The_next_run_completes_an_interrupted_run(params string[] half)
    {
        foreach (var statement in half)
            await AsAdministratorAsync(statement);

        var (exitCode, output, error) = await RunAsync();
        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That((await CommandLine.RunAsync(await SourceAsync(output), "up")).ExitCode, Is.Zero);
    }

    [TestCase("> /dev/full", "No space left on device")]
    [TestCase("| true; exit ${PIPESTATUS[0]}", "Broken pipe")]
    public async Task Passwords_that_could_not_be_printed_are_not_set(string redirection, string reason)
    {
        Assert.That(
            await CommandLine.RunShellAsync(Environment(), $"bootstrap {redirection}"),
            Is.EqualTo((3, "", $"gameimages: {reason}")));
        Assert.That(
            await server.QueryAsync<string>(
                "SELECT rolname FROM pg_authid WHERE rolname LIKE 'gameimages\\_%' AND (rolcanlogin OR rolpassword IS NOT NULL)"),
            Is.Empty);

        Assert.That((await CommandLine.RunAsync(await SourceAsync((await RunAsync()).Output), "up")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Given_passwords_are_set_on_existing_roles_as_well()
    {
        var given = AllRoles
            .Select(role => role["gameimages_".Length..])
            .ToDictionary(role => $"Roles__{char.ToUpperInvariant(role[0])}{role[1..]}__Password", role => $"it's \"{role}\"; $HOME \\");
        await RunAsync();

        var (exitCode, output, _) = await CommandLine.RunAsync(new Dictionary<string, string>(given.Concat(Environment())), "bootstrap");
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain($"# {Roles.Bot}: given a new password."));

        var settings = await SourceAsync(output);
        foreach (var setting in settings.Values)
            Assert.That(async () => await OpenAsync(setting), Throws.Nothing, setting);

        // In the same shell, up sets them again.
        Assert.That(
            (await CommandLine.RunAsync(new Dictionary<string, string>(given.Concat(Environment()).Concat(settings)), "up")).Error,
            Is.Empty);
        Assert.That(await LogAsync(), Does.Not.Contain("\"app\";"));
    }

    [Test]
    public async Task New_passwords_replace_the_old_ones_and_are_not_logged()
    {
        var old = await SourceAsync((await RunAsync()).Output);
        var (exitCode, output, _) = await RunAsync("--new-passwords", "--json");
        var ready = JsonDocument.Parse(output).RootElement;

        Assert.That(
            (exitCode, ready.GetProperty("database").GetString(), ready.GetProperty("is_database_new").GetBoolean()),
            Is.EqualTo((0, "gameimages", false)));
        Assert.That(
            ready
                .GetProperty("roles")
                .EnumerateArray()
                .Select(role => (role.GetProperty("name").GetString(), role.GetProperty("change").GetString())),
            Is.EqualTo(AllRoles.Select(role => (role, "password_set"))));

        var log = await LogAsync();
        foreach (var (name, setting) in old)
        {
            var renewed = ready.GetProperty("settings").GetProperty(name).GetString()!;
            Assert.That(async () => await OpenAsync(renewed), Throws.Nothing);
            Assert.That(
                async () => await OpenAsync(setting),
                Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidPassword));
            Assert.That(
                log,
                Does.Not.Contain(new NpgsqlConnectionStringBuilder(setting).Password)
                    .And.Not.Contain(new NpgsqlConnectionStringBuilder(renewed).Password));
        }
    }

    [Test]
    public async Task A_database_name_may_need_quotes()
    {
        const string name = "it's \"odd\"; x=é";
        var settings = await SourceAsync((await RunAsync("--database", name)).Output);

        Assert.That(new NpgsqlConnectionStringBuilder(settings["ConnectionStrings__Migrator"]).Database, Is.EqualTo(name));
        Assert.That((await CommandLine.RunAsync(settings, "up")).ExitCode, Is.Zero);
    }

    [TestCase("CREATE ROLE gameimages_app LOGIN SUPERUSER", "gameimages_app is a superuser (ALTER ROLE gameimages_app NOSUPERUSER)")]
    [TestCase("CREATE ROLE gameimages_public BYPASSRLS", "gameimages_public bypasses row-level security")]
    [TestCase("CREATE ROLE gameimages_owner CREATEROLE", "gameimages_owner may create roles")]
    [TestCase("CREATE ROLE x; CREATE ROLE gameimages_bot IN ROLE x", "gameimages_bot is a member of x (REVOKE x FROM gameimages_bot)")]
    [TestCase("CREATE DATABASE gameimages", "The database belongs to postgres")]
    [TestCase("CREATE DATABASE gameimages ALLOW_CONNECTIONS false IS_TEMPLATE true", "The database belongs to postgres")]
    public async Task Roles_and_databases_that_it_must_not_use_are_refused_and_nothing_is_changed(string present, string reason)
    {
        foreach (var statement in present.Split("; "))
            await server.ExecuteAsync(statement);

        var before = await CatalogAsync();
        var (exitCode, output, error) = await RunAsync();

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.StartWith($"gameimages: {reason}"));
        Assert.That(await CatalogAsync(), Is.EqualTo(before));
    }

    [TestCase("CREATEDB", "NOCREATEROLE", "may not create roles")]
    [TestCase("NOCREATEDB", "CREATEROLE", "may not create databases")]
    public async Task An_administrator_without_the_needed_rights_is_refused_and_nothing_is_changed(
        string databases, string roles, string reason)
    {
        await server.ExecuteAsync(
            $"CREATE ROLE guest LOGIN {databases} {roles} PASSWORD 'a'; GRANT CONNECT ON DATABASE postgres TO guest");
        var before = await CatalogAsync();
        var (exitCode, _, error) = await CommandLine.RunAsync(Environment("guest"), "bootstrap");

        Assert.That((exitCode, error.Split('\n').Length), Is.EqualTo((3, 1)));
        Assert.That(error, Does.Contain($"guest {reason}"));
        Assert.That(await CatalogAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_database_name_that_is_too_long_returns_2() =>
        Assert.That(
            await RunAsync("--database", new string('x', 64)),
            Is.EqualTo((2, "", "gameimages: The name of a database has 1 to 63 bytes.")));

    private Dictionary<string, string> Environment(string? role = null) =>
        new()
        {
            ["ConnectionStrings__Administrator"] =
                role is null && administrator == EmbeddedServer.Superuser
                    ? server.ConnectionString()
                    : new NpgsqlConnectionStringBuilder(server.ConnectionString())
                    {
                        Username = role ?? administrator,
                        Password = "a",
                    }.ConnectionString,
        };

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options) =>
        CommandLine.RunAsync(Environment(), ["bootstrap", .. options]);

    // Reads the settings as a shell does.
    private static async Task<Dictionary<string, string>> SourceAsync(string settings)
    {
        var start = new System.Diagnostics.ProcessStartInfo("sh", ["-c", "set -a; eval \"$1\"; env -0", "sh", settings])
        {
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        using var shell = System.Diagnostics.Process.Start(start)!;
        return (await shell.StandardOutput.ReadToEndAsync())
            .Split('\0')
            .Where(line => line.StartsWith("ConnectionStrings__", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('=', 2)[0], line => line.Split('=', 2)[1]);
    }

    private static async Task OpenAsync(string setting)
    {
        await using var connection = new NpgsqlConnection($"{setting};Pooling=false");
        await connection.OpenAsync();
    }

    private async Task AsAdministratorAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{Environment()["ConnectionStrings__Administrator"]};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> LogAsync() => (await server.QueryAsync<string>("SELECT pg_read_file('../server.log')")).Single();

    // Each row has its xmin, which shows whether it was written again.
    private async Task<string> CatalogAsync() => string.Join('\n', await server.QueryAsync<string>(
        """
        SELECT (xmin, pg_authid)::text FROM pg_authid UNION ALL SELECT (xmin, pg_auth_members)::text FROM pg_auth_members
        UNION ALL SELECT (xmin, oid, datname, datdba, datallowconn, datacl)::text FROM pg_database ORDER BY 1
        """));
}
