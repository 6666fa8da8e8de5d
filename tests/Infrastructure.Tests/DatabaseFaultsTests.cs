using System.Data;
using System.Net.Sockets;
using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests;

public sealed class DatabaseFaultsTests
{
    private const string Error = "ERROR";
    private const string Fatal = "FATAL";

    [Flags]
    public enum Kinds
    {
        None = 0,
        LostRace = 1,
        ConnectionLoss = 2,
        Unavailable = 4,
        LostConnection = ConnectionLoss | Unavailable,
    }

    [TestCase("40001", Error, Kinds.LostRace | Kinds.Unavailable)]
    [TestCase("40P01", Error, Kinds.LostRace | Kinds.Unavailable)]
    [TestCase("23503", Error, Kinds.LostRace | Kinds.Unavailable)]
    [TestCase("57P01", Fatal, Kinds.LostConnection)]
    [TestCase("57P02", Fatal, Kinds.LostConnection)]
    [TestCase("57P03", Fatal, Kinds.LostConnection)]
    [TestCase("57P05", Fatal, Kinds.LostConnection)]
    [TestCase("25P03", Fatal, Kinds.LostConnection)]
    [TestCase("08000", Fatal, Kinds.LostConnection)]
    [TestCase("08003", Error, Kinds.LostConnection)]
    [TestCase("08006", Fatal, Kinds.LostConnection)]
    [TestCase("08001", Fatal, Kinds.LostConnection)]
    [TestCase("08P01", Fatal, Kinds.LostConnection)]
    [TestCase("08P01", Error, Kinds.None)]
    [TestCase("08004", Fatal, Kinds.Unavailable)]
    [TestCase("25006", Error, Kinds.Unavailable)]
    [TestCase("25P04", Fatal, Kinds.Unavailable)]
    [TestCase("28000", Fatal, Kinds.Unavailable)]
    [TestCase("28P01", Fatal, Kinds.Unavailable)]
    [TestCase("3D000", Fatal, Kinds.Unavailable)]
    [TestCase("53100", Error, Kinds.Unavailable)]
    [TestCase("53200", Error, Kinds.Unavailable)]
    [TestCase("53300", Fatal, Kinds.Unavailable)]
    [TestCase("55000", Fatal, Kinds.Unavailable)]
    [TestCase("55006", Error, Kinds.Unavailable)]
    [TestCase("55P03", Error, Kinds.Unavailable)]
    [TestCase("57014", Error, Kinds.Unavailable)]
    [TestCase("57P04", Fatal, Kinds.Unavailable)]
    [TestCase("58000", Error, Kinds.Unavailable)]
    [TestCase("58030", "PANIC", Kinds.Unavailable)]
    [TestCase("25P02", Error, Kinds.None)]
    [TestCase("23505", Error, Kinds.None)]
    [TestCase("42P01", Error, Kinds.None)]
    [TestCase("XX000", Error, Kinds.None)]
    [TestCase("XX001", Error, Kinds.None)]
    public void Each_error_of_the_server_has_its_kind(string sqlState, string severity, Kinds expected) =>
        Assert.That(KindsOf(new PostgresException("…", severity, severity, sqlState)), Is.EqualTo(expected));

    [Test]
    public void A_fault_has_the_kind_of_its_cause()
    {
        var lost = new NpgsqlException("…", new EndOfStreamException());

        Assert.Multiple(() =>
        {
            Assert.That(KindsOf(lost), Is.EqualTo(Kinds.LostConnection));
            Assert.That(KindsOf(new DataException("…", lost)), Is.EqualTo(Kinds.LostConnection));
            Assert.That(KindsOf(new InvalidOperationException("…", lost)), Is.EqualTo(Kinds.LostConnection));
            Assert.That(
                KindsOf(new AggregateException(new IOException(), new DataException("…", lost))), Is.EqualTo(Kinds.LostConnection));
            Assert.That(KindsOf(new SocketException((int)SocketError.HostNotFound)), Is.EqualTo(Kinds.LostConnection));
            Assert.That(KindsOf(new NpgsqlException("…", new TimeoutException())), Is.EqualTo(Kinds.Unavailable));
        });
    }

    [Test]
    public void A_bug_of_the_program_is_not_a_fault_of_the_database() => Assert.Multiple(() =>
    {
        Assert.That(KindsOf(new InvalidOperationException("Sequence contains no elements")), Is.EqualTo(Kinds.None));
        Assert.That(KindsOf(new DataException("Error parsing column 1", new FormatException())), Is.EqualTo(Kinds.None));
        Assert.That(KindsOf(new IOException()), Is.EqualTo(Kinds.None));

        // A transaction that may have been committed must not be retried.
        Assert.That(KindsOf(new OutcomeUnknownException(new NpgsqlException("…", new IOException()))), Is.EqualTo(Kinds.None));
    });

    [Test]
    public async Task Two_concurrent_commands_on_one_connection_are_a_bug_of_the_program()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT generate_series(1, 100000)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var mistake = await Assert.ThrowsAsync<NpgsqlOperationInProgressException>(() => connection.QueryAsync<int>(new("SELECT 1")));

        Assert.That(KindsOf(mistake!), Is.EqualTo(Kinds.None));
    }

    [Test]
    public async Task A_lost_connection_runs_no_more_commands()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var proxy = CuttingProxy.Start(database.ConnectionString(EmbeddedServer.Superuser));
        await using var source = NpgsqlDataSource.Create(proxy.Through(database.ConnectionString(EmbeddedServer.Superuser)));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        proxy.CloseAll();

        var lost = await Assert.CatchAsync(() => connection.QueryAsync<int>(new("SELECT 1")));

        // Without the check, Dapper would open another connection for the second command and run it outside of the transaction.
        Assert.That(KindsOf(lost!), Is.EqualTo(Kinds.LostConnection));
        Assert.That(() => connection.ExecuteAsync(new("DROP TABLE game_sessions")), Throws.TypeOf<ConnectionLostException>());
        Assert.That(
            () => connection.Batch(new NpgsqlBatchCommand(Commit.Sql)).CommitToTheEndAsync(_ => Task.FromResult(0)),
            Throws.TypeOf<ConnectionLostException>());
        Assert.That(await database.QueryAsync<Guid>("SELECT id FROM game_sessions"), Is.Empty);
    }

    private static Kinds KindsOf(Exception fault) =>
        (DatabaseFaults.IsLostRace(fault) ? Kinds.LostRace : 0)
        | (DatabaseFaults.IsConnectionLoss(fault) ? Kinds.ConnectionLoss : 0)
        | (DatabaseFaults.IsUnavailable(fault) ? Kinds.Unavailable : 0);
}
