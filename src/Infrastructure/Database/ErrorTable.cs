using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>A row of <see cref="ErrorTable"/>.</summary>
/// <param name="Code">A SQLSTATE, or the two characters of a class of them. The row applies to all codes that begin with it.</param>
/// <param name="Reason">Why the errors are of this kind, for operators.</param>
public sealed record ErrorRow(string Code, FaultKind Kind, string Reason)
{
    /// <summary>An additional condition; null if there is none.</summary>
    public Func<PostgresException, bool>? Condition { get; init; }

    internal bool AppliesTo(PostgresException fault) =>
        fault.SqlState.StartsWith(Code, StringComparison.Ordinal) && Condition?.Invoke(fault) != false;
}

/// <summary>
/// The kind of each SQLSTATE. It has every class of PostgreSQL's appendix "PostgreSQL Error Codes". docs/operations.md shows this table.
/// </summary>
public static class ErrorTable
{
    /// <summary>The first row that applies to an error decides. A code that no row has is a <see cref="FaultKind.Mistake"/>.</summary>
    public static IReadOnlyList<ErrorRow> Rows { get; } =
    [
        new("00", FaultKind.Mistake, "success, not an error"),
        new("01", FaultKind.Mistake, "a warning, not an error"),
        new("02", FaultKind.Mistake, "no data, not an error"),
        new("03", FaultKind.Mistake, "the statement is not complete"),
        new("08004", FaultKind.Unavailable, "the server or a pooler accepts no connections"),
        new("08007", FaultKind.UnknownOutcome, "the connection was lost during the commit"),
        new("08P01", FaultKind.LostConnection, "the error ends the session: a pooler reports a lost server this way")
        {
            Condition = fault => fault.InvariantSeverity == "FATAL",
        },
        new("08P01", FaultKind.Mistake, "a message breaks the protocol"),
        new("08", FaultKind.LostConnection, "the connection failed; poolers report this for their own connections"),
        new("09", FaultKind.Mistake, "a trigger failed"),
        new("0A000", FaultKind.StaleStatement, "a migration changed the result of a prepared statement")
        {
            // The function of the server in which a plan finds that its columns have changed. The code alone does not say so.
            Condition = fault => fault.Routine == "RevalidateCachedQuery",
        },
        new("0A", FaultKind.Mistake, "the server does not have this feature"),
        new("0B", FaultKind.Mistake, "a transaction is begun in a wrong way"),
        new("0F", FaultKind.Mistake, "a locator is invalid"),
        new("0L", FaultKind.Mistake, "a right is granted by a wrong role"),
        new("0P", FaultKind.Mistake, "a role is invalid"),
        new("0Z", FaultKind.Mistake, "diagnostics are read in a wrong place"),
        new("10", FaultKind.Mistake, "an XQuery expression is invalid"),
        new("20", FaultKind.Mistake, "no case applies"),
        new("21", FaultKind.Mistake, "a statement returns or changes too many rows"),
        new("22", FaultKind.Mistake, "a value is invalid"),
        new("23503", FaultKind.LostRace, "another transaction has deleted an image that a game was about to refer to"),
        new("23505", FaultKind.LostRace, "another request of the same member has stored the same upload first")
        {
            Condition = fault => fault.ConstraintName == "image_uploads_user_id_image_id_key",
        },
        new("23", FaultKind.Mistake, "a value breaks a constraint"),
        new("24", FaultKind.Mistake, "a cursor is in the wrong state"),
        new("25006", FaultKind.ReadOnlyServer, "the server is a standby after a failover, or an operator has made the database read-only"),
        new("25P03", FaultKind.LostConnection, "the session was idle in a transaction for too long"),
        new("25P04", FaultKind.Unavailable, "the transaction took longer than the server allows"),
        new("25", FaultKind.Mistake, "the transaction is in the wrong state"),
        new("26", FaultKind.StaleStatement, "a pooler used another session, or dropped the prepared statement"),
        new("27", FaultKind.Mistake, "a trigger changed a row that is being changed"),
        new("28", FaultKind.Unavailable, "the role or its password is being changed, or is wrong"),
        new("2B", FaultKind.Mistake, "a right that is revoked is in use"),
        new("2D", FaultKind.Mistake, "a transaction is ended in a wrong place"),
        new("2F", FaultKind.Mistake, "a function of the database failed"),
        new("34", FaultKind.Mistake, "a cursor does not exist"),
        new("38", FaultKind.Mistake, "an external function failed"),
        new("39", FaultKind.Mistake, "an external function was called in a wrong way"),
        new("3B", FaultKind.Mistake, "a savepoint does not exist"),
        new("3D", FaultKind.Unavailable, "the database is being restored or renamed, or does not exist"),
        new("3F", FaultKind.Unavailable, "the schema is being restored, or does not exist"),
        new("40002", FaultKind.Mistake, "a value breaks a constraint at the commit"),
        new("40003", FaultKind.UnknownOutcome, "it is not known whether the statement was completed"),
        new("40", FaultKind.LostRace, "a deadlock, or a conflict with a concurrent transaction"),
        new("42P05", FaultKind.StaleStatement, "a pooler used a session of another client, which has a statement with this name"),
        new("42P01", FaultKind.Unavailable, OtherSchema),
        new("42703", FaultKind.Unavailable, OtherSchema),
        new("42704", FaultKind.Unavailable, OtherSchema),
        new("42883", FaultKind.Unavailable, OtherSchema),
        new("42", FaultKind.Mistake, "a statement is wrong, or the role lacks a right (42501)"),
        new("44", FaultKind.Mistake, "a row does not belong to the view that it is written to"),
        new("53", FaultKind.Unavailable, "the server lacks disk space, memory or connections"),
        new("54", FaultKind.Mistake, "a statement or a row is too large"),
        new("55", FaultKind.Unavailable, "a lock, or a state that other work causes, such as a database that accepts no connections"),
        new("57P01", FaultKind.LostConnection, "an operator has stopped the server or ended the session"),
        new("57P02", FaultKind.LostConnection, "another session crashed, and the server has ended all sessions"),
        new("57P03", FaultKind.LostConnection, "the server is starting or stopping"),
        new("57P05", FaultKind.LostConnection, "the session was idle in the pool for too long"),
        new("57", FaultKind.Unavailable, "a statement exceeded its time limit, an operator cancelled it, or the database was dropped"),
        new("58", FaultKind.Unavailable, "the disk or the operating system of the server failed"),
        new("72", FaultKind.LostRace, "the server has removed rows that an old snapshot needs"),
        new("F0", FaultKind.Unavailable, "the configuration of the server is invalid"),
        new("HV", FaultKind.Mistake, "a foreign table failed; this schema has none"),
        new("P0", FaultKind.Mistake, "a function of the database reports an error that the program does not know"),
        new("XX001", FaultKind.Mistake, "a page of a table is damaged, and waiting does not repair it"),
        new("XX002", FaultKind.Mistake, "an index is damaged, and waiting does not repair it"),
        new("XX", FaultKind.Unavailable, "an internal error of the server; poolers report their own errors this way"),
    ];

    private const string OtherSchema = "the schema is being moved or restored, or is not of the version that the program needs";

    internal static FaultKind KindOf(PostgresException fault) =>
        Rows.FirstOrDefault(row => row.AppliesTo(fault))?.Kind ?? FaultKind.Mistake;
}
