using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>What kind of failure an exception of the database is. The kind is that of <see cref="Cause"/>, whatever wraps it.</summary>
public static class DatabaseFaults
{
    // The driver has no names for these.
    private const string IdleInTransactionSessionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";
    private const string IdleSessionTimeout = "57P05";

    /// <summary>
    /// The transaction was rolled back because another one was in its way: the same again may well succeed. So it is with a foreign key:
    /// an image that a game was to refer to had its last reference given back.
    /// </summary>
    public static bool IsLostRace(Exception fault) =>
        Cause(fault) is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>
    /// The connection was lost, or could not be made: another connection may well serve. The server rolls back what was not committed, so a
    /// transaction that had not begun to commit can be run again.
    /// </summary>
    public static bool IsConnectionLoss(Exception fault) => Cause(fault) switch
    {
        PostgresException postgres => IsLostSession(postgres),
        ConnectionLostException or { InnerException: IOException or SocketException } => true,
        _ => false,
    };

    /// <summary>The schema is older than what asks, or its role has not been given its rights.</summary>
    public static bool IsOldSchema(Exception fault) => Cause(fault) is PostgresException
    {
        SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InsufficientPrivilege,
    };

    /// <summary>The database cannot serve now, for a reason that time or an operator removes: nothing is wrong with the request.</summary>
    public static bool IsUnavailable(Exception fault) => Cause(fault) switch
    {
        PostgresException postgres => IsUnavailable(postgres),
        // Two commands at once on one connection are a mistake of the program. Everything else that the driver reports by this type is about
        // the connection, the pool or a time limit.
        NpgsqlOperationInProgressException or null => false,
        _ => true,
    };

    /// <summary>
    /// What the driver or the server reported. Dapper wraps it in a <see cref="DataException"/>, EF Core in an
    /// <see cref="InvalidOperationException"/>, and tasks in an <see cref="AggregateException"/>. Nothing else is looked through: an
    /// OutcomeUnknownException, for example, has a lost connection as its cause but must not be retried.
    /// </summary>
    /// <returns>Null when the exception is not about the database.</returns>
    public static NpgsqlException? Cause(Exception fault) => fault switch
    {
        NpgsqlException cause => cause,
        // The driver does not wrap a name that has no address. Nobody else here uses sockets without a client that wraps this.
        SocketException noAddress => new ConnectionLostException(noAddress),
        AggregateException several => several.InnerExceptions.Select(Cause).FirstOrDefault(cause => cause is not null),
        DataException or InvalidOperationException when fault.InnerException is { } inner => Cause(inner),
        _ => null,
    };

    /// <summary>
    /// The error ends the session, so the server answers nothing that was sent after what failed: whether that is a commit is for the caller to
    /// know. A panic of the server, as by a disk that is full, may also come after the commit was written.
    /// </summary>
    internal static bool EndsSession(PostgresException fault) => IsLostSession(fault) || fault.InvariantSeverity is "FATAL" or "PANIC";

    private static bool IsLostSession(PostgresException fault) => fault.SqlState switch
    {
        // A protocol violation (08P01) is a mistake of the program, unless it ends the session: poolers report lost servers so.
        PostgresErrorCodes.ProtocolViolation => fault.InvariantSeverity == "FATAL",
        // Class 08, connection exceptions: poolers and proxies report them of their own connections to the server.
        PostgresErrorCodes.ConnectionException or PostgresErrorCodes.ConnectionDoesNotExist or PostgresErrorCodes.ConnectionFailure
            or PostgresErrorCodes.SqlClientUnableToEstablishSqlConnection => true,
        // 57P01 and 57P02: somebody stops the server or ends the session; another session crashed and all are ended. 57P03: the server starts
        // or stops. 57P05: the session was idle in the pool for too long. 25P03: it was idle in a transaction for too long.
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or IdleSessionTimeout or IdleInTransactionSessionTimeout => true,
        _ => false,
    };

    private static bool IsUnavailable(PostgresException fault) => IsLostSession(fault) || fault.SqlState switch
    {
        // 08004: a server or a proxy accepts no connections.
        PostgresErrorCodes.SqlServerRejectedEstablishmentOfSqlConnection => true,
        // 25006: the server only reads. After a failover, this is a standby, or an operator has made the database read-only.
        PostgresErrorCodes.ReadOnlySqlTransaction => true,
        // 25P04: the transaction took longer than the server lets any.
        TransactionTimeout => true,
        // The password, the role or the database is not there yet or no longer: an operator sets it up.
        PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidCatalogName => true,
        // 40001 and 40P01: every retry lost its race.
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        // 55000, 55006 and 55P03: a lock, or a state that somebody else's work brings about, such as a database that accepts nobody.
        PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.ObjectInUse
            or PostgresErrorCodes.LockNotAvailable => true,
        // 57014: a statement took longer than it may, or an operator has cancelled it. 57P04: the database was dropped.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DatabaseDropped => true,
        // Class 53, the server has too little of something: disk, memory, connections. Class 58, what is below the server fails: disk or system.
        // Class XX, internal errors and damaged data, is not here: no time mends that, so it is reported as a failure (500).
        _ => fault.SqlState.StartsWith("53", StringComparison.Ordinal) || fault.SqlState.StartsWith("58", StringComparison.Ordinal),
    };
}

/// <summary>
/// The connection was lost while, or before, something used it. The driver itself says so where it finds out. What uses the connection
/// afterwards, such as a reader that is closed, gets an error that does not name this cause.
/// </summary>
public sealed class ConnectionLostException(Exception? cause) : NpgsqlException("The connection to the database was lost.", cause);
