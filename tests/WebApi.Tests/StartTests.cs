using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.WebApi.Tests;

[Category("Process")]
public sealed class StartTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Create_the_database() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task Drop_the_database() => await database.DisposeAsync();

    [TestCase("GameImages", EmbeddedServer.Superuser, "is a superuser")]
    [TestCase("GameImages", EmbeddedServer.Owner, "owns the tables")]
    [TestCase("GameImages", "careless", "bypasses row-level security")]
    [TestCase("PublicImages", EmbeddedServer.Superuser, "is a superuser")]
    [TestCase("PublicImages", Roles.App, "may read games")]
    public async Task The_service_refuses_to_start_with_a_role_that_has_too_many_rights(string setting, string role, string reason)
    {
        await database.ExecuteAsync(
            """
            DO $$ BEGIN CREATE ROLE careless LOGIN BYPASSRLS PASSWORD 'x';
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
            """);
        var connectionString =
            role == "careless"
                ? new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString(Roles.App))
                {
                    Username = role,
                    Password = "x",
                }.ConnectionString
                : database.ConnectionString(role);

        using var process = Service.StartProcess(database, ($"ConnectionStrings:{setting}", connectionString));
        var (output, _) = await EndAsync(process);

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain($"ConnectionStrings:{setting} names the role {role}").And.Contain(reason).And.Not.Contain("   at "));
    }

    [TestCase("Options=-c role=gameimages_app", "names the role postgres, which is a superuser")]
    [TestCase("", "names the role postgres, which is a superuser")]
    public async Task The_rights_of_the_login_role_count_after_SET_ROLE(string options, string reason)
    {
        using var process = Service.StartProcess(
            database,
            ("ConnectionStrings:GameImages", $"{database.ConnectionString(EmbeddedServer.Superuser)};{options}"));

        Assert.That((await EndAsync(process)).Output, Does.Contain(reason));
        Assert.That(process.ExitCode, Is.EqualTo(1));
    }

    [TestCase("ALTER ROLE careful CREATEDB", "may create roles or databases")]
    [TestCase("GRANT pg_execute_server_program TO careful", "is a member of another role")]
    [TestCase("GRANT CREATE ON SCHEMA public TO careful", "may create tables")]
    [TestCase("GRANT TRUNCATE ON game_sessions TO careful", "may truncate tables")]
    [TestCase("GRANT UPDATE (reference_count) ON game_images TO careful", "may write")]
    [TestCase("GRANT DELETE ON game_images TO careful", "may write")]
    [TestCase("GRANT SELECT (title) ON game_sessions TO careful", "may read games")]
    public async Task The_service_refuses_a_public_role_with_one_right_too_many(string grant, string reason)
    {
        var name = $"careful_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD 'x'; {grant.Replace("careful", name)}");
        var connectionString = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString(Roles.Public))
        {
            Username = name,
            Password = "x",
        }.ConnectionString;

        using var process = Service.StartProcess(database, ("ConnectionStrings:PublicImages", connectionString));
        Assert.That((await EndAsync(process)).Output, Does.Contain($"names the role {name}, which {reason}"));
        Assert.That(process.ExitCode, Is.EqualTo(1));
    }

    [TestCase("ConnectionStrings:PublicImages", null, "ConnectionStrings:PublicImages is not set")]
    [TestCase("ConnectionStrings:GameImages", "", "ConnectionStrings:GameImages is not set")]
    [TestCase("ConnectionStrings:GameImages", "nonsense", "ConnectionStrings:GameImages is not a connection string")]
    [TestCase("ConnectionStrings:GameImages", "Host=x;Foo=1", "ConnectionStrings:GameImages is not a connection string")]
    [TestCase("ConnectionStrings:GameImages", "Username=x", "ConnectionStrings:GameImages has no Host")]
    [TestCase("PublicImages:RateLimits:0:Permits", "0", "PublicImages:RateLimits:0:Permits is \"0\": it has to be")]
    [TestCase("PublicImages:MemberFactor", "1001", "PublicImages:MemberFactor is \"1001\": it has to be")]
    [TestCase("Variants:Widths", "320, 160", "Variants:Widths is \"320, 160\": it has to be")]
    [TestCase("Proxies:Known:0", "everybody", "Proxies:Known:0 is \"everybody\": it has to be")]
    [TestCase("Transport:Hsts", "maybe", "Transport:Hsts is \"maybe\": it has to be")]
    [TestCase("SignIn:ClientId", "app", "SignIn:ClientId and SignIn:ClientSecret belong together")]
    [TestCase("SignIn:ApiUrl", "http://example.org", "SignIn:ApiUrl is \"http://example.org\": it has to be an https URL")]
    [TestCase("DataProtection:Keys", "/proc", "DataProtection:Keys is \"/proc\": it has to be a folder that the service may write")]
    [TestCase("Images:MaxBytes", "0", "Images:MaxBytes is \"0\": it has to be")]
    [TestCase("Images:MaxSide", "wide", "Images:MaxSide is \"wide\": it has to be")]
    [TestCase("Images:UploadMegabytes", "24", "Images:UploadMegabytes is \"24\": it has to be a whole number from 25")]
    [TestCase("Images:UploadShare", "0", "Images:UploadShare is \"0\": it has to be a whole number of percent")]
    [TestCase("Images:TrustedUploadShare", "24",
        "Images:TrustedUploadShare is \"24\": it has to be a whole number of percent, from Images:UploadShare (25)")]
    [TestCase("Images:MaxByte", "5", "Images:MaxByte is not a setting")]
    public async Task An_invalid_setting_stops_the_start_with_one_sentence(string setting, string? value, string sentence)
    {
        using var process = Service.StartProcess(database, (setting, value));
        var (_, error) = await EndAsync(process);

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(error, Does.StartWith(sentence).And.Not.Contain("   at "));
    }

    [Test]
    public async Task An_address_in_use_stops_the_start_with_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var process = Service.StartProcess(database, ("urls", $"http://{other.LocalEndpoint}"));
        var (_, error) = await EndAsync(process);

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(error, Does.StartWith($"Failed to bind to address http://{other.LocalEndpoint}").And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_published_service_finds_its_files_from_any_current_directory()
    {
        var program = Directory.CreateTempSubdirectory("gameimages-");
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(program.FullName, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(program.CreateSubdirectory("wwwroot").FullName, "index.html"), "<!doctype html>");

        using var process = Service.StartProcess(
            Path.Combine(program.FullName, Path.GetFileName(typeof(Program).Assembly.Location)),
            database);
        try
        {
            using var anybody = await Service.CreateClientAsync(process);
            Assert.That(await anybody.GetStringAsync("/"), Is.EqualTo("<!doctype html>"));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            program.Delete(recursive: true);
        }
    }

    /// <returns>Everything that a process printed until it ended. A process that does not end in time is killed.</returns>
    private static async Task<(string Output, string Error)> EndAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var kill = timeout.Token.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output, await error);
    }
}
