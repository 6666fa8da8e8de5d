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
    public async Task Data_is_kept_until_the_next_start()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first, "CREATE TABLE kept (); INSERT INTO kept DEFAULT VALUES");

        await using var second = await StartAsync();
        Assert.That(await ExecuteAsync(second, "SELECT count(*) FROM kept"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_last_user_stops_the_server()
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
    public async Task Concurrent_users_share_one_server_and_then_stop_it()
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
    public async Task A_killed_server_starts_again_with_its_data()
    {
        var killed = await StartAsync();
        await ExecuteAsync(killed, "CREATE TABLE kept ()");
        using (var postmaster = Process.GetProcessById(Postmaster()))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        // The first user has not noticed the kill yet.
        await using (var again = await StartAsync())
            Assert.That(await ExecuteAsync(again, "SELECT count(*) FROM kept"), Is.Zero);

        await killed.DisposeAsync();
        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
    }

    [Test]
    public async Task An_incomplete_cluster_is_created_again()
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
    public async Task FindAsync_finds_a_running_server_without_using_it()
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
    public async Task The_port_file_of_a_killed_server_is_ignored()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.Path, "port"), "1");
        Assert.That(await EmbeddedServer.FindAsync(Folder), Is.Null);
    }

    [Test]
    public async Task The_server_accepts_only_its_password_and_only_local_connections()
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

    // Only root can access the folder of this test, like root's home directory. The server runs under another account.
    [Test]
    public async Task Root_runs_the_server_as_another_user_that_cannot_access_the_folder()
    {
        if (Environment.UserName != "root")
            Assert.Ignore("Only root runs the server as another user.");

        await using var server = await StartAsync();
        var owner = Process.Start(new ProcessStartInfo("stat", ["-c", "%U", $"/proc/{Postmaster()}"]) { RedirectStandardOutput = true })!;

        Assert.That((await owner.StandardOutput.ReadToEndAsync()).Trim(), Is.EqualTo("nobody"));
        Assert.That(DataDirectory(), Does.Not.StartWith(Folder.Path));
    }

    [Test]
    public async Task A_server_that_cannot_start_reports_the_reason()
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
