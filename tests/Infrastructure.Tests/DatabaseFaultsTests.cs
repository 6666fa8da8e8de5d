using System.Data;
using System.Net.Sockets;
using GameImages.Application;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Testing;
using Npgsql;
using static GameImages.Infrastructure.Database.DatabaseFaults;

namespace GameImages.Infrastructure.Tests;

public sealed class DatabaseFaultsTests
{
    private const string Error = "ERROR";
    private const string Fatal = "FATAL";

    [TestCase("40001", Error, FaultKind.LostRace)]
    [TestCase("40P01", Error, FaultKind.LostRace)]
    [TestCase("23503", Error, FaultKind.LostRace)]
    [TestCase("57P01", Fatal, FaultKind.LostConnection)]
    [TestCase("57P02", Fatal, FaultKind.LostConnection)]
    [TestCase("57P03", Fatal, FaultKind.LostConnection)]
    [TestCase("57P05", Fatal, FaultKind.LostConnection)]
    [TestCase("25P03", Fatal, FaultKind.LostConnection)]
    [TestCase("08000", Fatal, FaultKind.LostConnection)]
    [TestCase("08003", Error, FaultKind.LostConnection)]
    [TestCase("08006", Fatal, FaultKind.LostConnection)]
    [TestCase("08001", Fatal, FaultKind.LostConnection)]
    [TestCase("08P01", Fatal, FaultKind.LostConnection)]
    [TestCase("08P01", Error, FaultKind.Mistake)]
    [TestCase("08004", Fatal, FaultKind.Unavailable)]
    [TestCase("25006", Error, FaultKind.ReadOnlyServer)]
    [TestCase("25P04", Fatal, FaultKind.Unavailable)]
    [TestCase("28000", Fatal, FaultKind.Unavailable)]
    [TestCase("28P01", Fatal, FaultKind.Unavailable)]
    [TestCase("3D000", Fatal, FaultKind.Unavailable)]
    [TestCase("53100", Error, FaultKind.Unavailable)]
    [TestCase("53200", Error, FaultKind.Unavailable)]
    [TestCase("53300", Fatal, FaultKind.Unavailable)]
    [TestCase("55000", Fatal, FaultKind.Unavailable)]
    [TestCase("55006", Error, FaultKind.Unavailable)]
    [TestCase("55P03", Error, FaultKind.Unavailable)]
    [TestCase("57014", Error, FaultKind.Unavailable)]
    [TestCase("57P04", Fatal, FaultKind.Unavailable)]
    [TestCase("58000", Error, FaultKind.Unavailable)]
    [TestCase("58030", "PANIC", FaultKind.Unavailable)]
    [TestCase("25P02", Error, FaultKind.Mistake)]
    [TestCase("23505", Error, FaultKind.Mistake)]
    [TestCase("42P01", Error, FaultKind.Unavailable)]
    [TestCase("XX000", Error, FaultKind.Unavailable)]
    [TestCase("XX001", Error, FaultKind.Mistake)]
    [TestCase("08007", Error, FaultKind.UnknownOutcome)]
    [TestCase("40003", Error, FaultKind.UnknownOutcome)]
    [TestCase("40002", Error, FaultKind.Mistake)]
    [TestCase("40000", Error, FaultKind.LostRace)]
    [TestCase("26000", Error, FaultKind.StaleStatement)]
    [TestCase("42P05", Error, FaultKind.StaleStatement)]
    [TestCase("0A000", Error, FaultKind.Mistake)]
    [TestCase("72000", Error, FaultKind.LostRace)]
    [TestCase("42703", Error, FaultKind.Unavailable)]
    [TestCase("42501", Error, FaultKind.Mistake)]
    [TestCase("42601", Error, FaultKind.Mistake)]
    [TestCase("GI451", Error, FaultKind.Mistake)]
    [TestCase("22023", Error, FaultKind.Mistake)]
    [TestCase("57P99", Error, FaultKind.Unavailable)]
    public void Each_error_of_the_server_has_its_kind(string sqlState, string severity, FaultKind expected) =>
        Assert.That(KindOf(new PostgresException("…", severity, severity, sqlState)), Is.EqualTo(expected));

    // The driver has constants for the codes of PostgreSQL's appendix.
    [Test]
    public void The_table_has_each_class_of_errors() => Assert.That(
        typeof(PostgresErrorCodes).GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(code => !ErrorTable.Rows.Any(row => row.AppliesTo(new("…", Error, Error, code)))),
        Is.Empty);

    [Test]
    public void No_row_of_the_table_hides_a_later_one() => Assert.That(
        ErrorTable.Rows.Where((row, index) => ErrorTable.Rows
            .Take(index)
            .Any(earlier => earlier.Condition is null && row.Code.StartsWith(earlier.Code, StringComparison.Ordinal))),
        Is.Empty);

    [Test]
    public void A_fault_has_the_kind_of_its_cause()
    {
        var lost = new NpgsqlException("…", new EndOfStreamException());

        Assert.Multiple(() =>
        {
            Assert.That(KindOf(lost), Is.EqualTo(FaultKind.LostConnection));
            Assert.That(KindOf(new DataException("…", lost)), Is.EqualTo(FaultKind.LostConnection));
            Assert.That(KindOf(new InvalidOperationException("…", lost)), Is.EqualTo(FaultKind.LostConnection));
            Assert.That(
                KindOf(new AggregateException(new IOException(), new DataException("…", lost))), Is.EqualTo(FaultKind.LostConnection));
            Assert.That(KindOf(new SocketException((int)SocketError.HostNotFound)), Is.EqualTo(FaultKind.LostConnection));
            Assert.That(KindOf(new NpgsqlException("…", new TimeoutException())), Is.EqualTo(FaultKind.Unavailable));
        });
    }

    [Test]
    public void A_bug_of_the_program_is_not_a_fault_of_the_database() => Assert.Multiple(() =>
    {
        Assert.That(KindOf(new InvalidOperationException("Sequence contains no elements")), Is.EqualTo(FaultKind.Mistake));
        Assert.That(KindOf(new DataException("Error parsing column 1", new FormatException())), Is.EqualTo(FaultKind.Mistake));
        Assert.That(KindOf(new IOException()), Is.EqualTo(FaultKind.Mistake));

        // A transaction that may have been committed must not be retried.
        Assert.That(KindOf(new OutcomeUnknownException(new NpgsqlException("…", new IOException()))), Is.EqualTo(FaultKind.Mistake));
    });

    [Test]
    public async Task Two_concurrent_commands_on_one_connection_are_a_bug_of_the_program()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT generate_series(1, 100000)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var mistake = await Assert.ThrowsAsync<NpgsqlOperationInProgressException>(() => connection.QueryAsync<int>(new("SELECT 1")));

        Assert.That(KindOf(mistake!), Is.EqualTo(FaultKind.Mistake));
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
        Assert.That(KindOf(lost!), Is.EqualTo(FaultKind.LostConnection));
        Assert.That(() => connection.ExecuteAsync(new("DROP TABLE game_sessions")), Throws.TypeOf<ConnectionLostException>());
        Assert.That(
            () => connection.Batch(new NpgsqlBatchCommand(Commit.Sql)).CommitToTheEndAsync(_ => Task.FromResult(0)),
            Throws.TypeOf<ConnectionLostException>());
        Assert.That(await database.QueryAsync<Guid>("SELECT id FROM game_sessions"), Is.Empty);
    }
}
