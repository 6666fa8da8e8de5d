using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GameImages.EmbeddedPostgres.Tests;

[Parallelizable(ParallelScope.Children), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EmbeddedServerTests
{
    private DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);

    [TearDown]
    public void Remove_the_folder() => Folder.Delete();

    [Test]
    public async Task What_is_written_is_there_at_the_next_start()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first, "CREATE TABLE kept (); INSERT INTO kept DEFAULT VALUES");

        await using var second = await StartAsync();
        Assert.That(await ExecuteAsync(second, "SELECT count(*) FROM kept"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_server_stops_with_its_last_user()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        Assert.That(second.ConnectionString(EmbeddedServer.Owner), Is.EqualTo(first.ConnectionString(EmbeddedServer.Owner)));

        await first.DisposeAsync();
        Assert.That(await ExecuteAsync(second, "SELECT 1"), Is.EqualTo(1));

        await second.DisposeAsync();
        Assert.That(Path.Combine(DataDirectory(), "postmaster.pid"), Does.Not.Exist);
        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
    }

    [Test]
    public async Task Users_that_come_and_go_at_once_share_one_server_which_then_stops()
    {
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
            {
                await using var server = await StartAsync();
                Assert.That(await ExecuteAsync(server, "SELECT 1"), Is.EqualTo(1));
            })));

            Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
        }
    }

    [Test]
    public async Task A_server_that_was_killed_starts_again_with_what_it_had()
    {
        var killed = await StartAsync();
        await ExecuteAsync(killed, "CREATE TABLE kept ()");
        using (var postmaster = Process.GetProcessById(Postmaster()))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        // While its user still believes in it.
        await using (var again = await StartAsync())
            Assert.That(await ExecuteAsync(again, "SELECT count(*) FROM kept"), Is.Zero);

        await killed.DisposeAsync();
        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
    }

    [Test]
    public async Task A_half_made_cluster_is_made_anew()
    {
        await using (await StartAsync())
        {
        }

        var cluster = Path.GetDirectoryName(DataDirectory())!;
        Directory.Move(DataDirectory(), Path.Combine(cluster, "new"));
        File.Delete(Path.Combine(cluster, "new", "PG_VERSION"));

        await using var server = await StartAsync();
        Assert.That(await ExecuteAsync(server, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task It_is_found_only_while_it_runs_and_without_using_it()
    {
        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);

        await using (var server = await StartAsync())
        {
            await using var found = await EmbeddedServer.FindAsync(Folder);
            Assert.That(found?.ConnectionUri(EmbeddedServer.Owner), Is.EqualTo(server.ConnectionUri(EmbeddedServer.Owner)));
        }

        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
    }

    [Test]
    public async Task A_port_that_a_kill_left_behind_leads_to_nobody()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.Path, "port"), "1");
        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
    }

    [Test]
    public async Task Nobody_gets_in_without_the_password_or_from_another_machine()
    {
        await using var server = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString(EmbeddedServer.Owner)) { Password = "x" }.ConnectionString;
        await using var connection = new NpgsqlConnection(wrong);

        Assert.That(
            async () => await connection.OpenAsync(),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidPassword));
        Assert.That(await ExecuteAsync(server, "SELECT (current_setting('listen_addresses') = '127.0.0.1')::int"), Is.EqualTo(1));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(Folder.Path, $"{EmbeddedServer.Owner}.password")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    // The folder of the tests is closed to everybody but its owner, as a home of root's is; the server's account is another one.
    [Test]
    public async Task Root_runs_it_as_another_user_even_where_that_one_has_no_way_in()
    {
        if (Environment.UserName != "root")
            Assert.Ignore("Only root has to drop its rights.");

        await using var server = await StartAsync();
        var owner = Process.Start(new ProcessStartInfo("stat", ["-c", "%U", $"/proc/{Postmaster()}"]) { RedirectStandardOutput = true })!;

        Assert.That((await owner.StandardOutput.ReadToEndAsync()).Trim(), Is.EqualTo("nobody"));
        Assert.That(DataDirectory(), Does.Not.StartWith(Folder.Path));
    }

    [Test]
    public async Task A_server_that_cannot_start_says_why()
    {
        await using (await StartAsync())
        {
        }

        File.Delete(Path.Combine(DataDirectory(), "PG_VERSION"));
        Assert.That(
            async () => await StartAsync(),
            Throws
                .TypeOf<EmbeddedServerException>()
                .With.Message.Contains(Folder.Path)
                .And.Message.Contains("is not a database cluster directory"));
    }

    private Task<EmbeddedServer> StartAsync() => EmbeddedServer.StartAsync(Folder, "-c fsync=off");

    private static async Task<long> ExecuteAsync(EmbeddedServer server, string sql)
    {
        await using var connection = new NpgsqlConnection($"{server.ConnectionString(EmbeddedServer.Owner)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0, CultureInfo.InvariantCulture);
    }

    private string DataDirectory() => Path.Combine(Folder.ClusterHome, "postgres", "data");

    private int Postmaster() =>
        int.Parse(File.ReadLines(Path.Combine(DataDirectory(), "postmaster.pid")).First(), CultureInfo.InvariantCulture);
}
