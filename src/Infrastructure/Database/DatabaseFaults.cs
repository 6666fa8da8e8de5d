using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>Classifies failures of the database by their <see cref="Cause"/>, even if another exception wraps it.</summary>
public static class DatabaseFaults
{
    // The driver has no constants for these.
    private const string IdleInTransactionSessionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";
    private const string IdleSessionTimeout = "57P05";

    /// <summary>
    /// The transaction was rolled back because of a concurrent one, and may succeed when it is run again. This includes foreign keys:
    /// another transaction has deleted an image that a game was about to refer to.
    /// </summary>
    public static bool IsLostRace(Exception fault) =>
        Cause(fault) is PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.ForeignKeyViolation,
        };

    /// <summary>
    /// The connection was lost or could not be opened. Another connection may work. The server rolls back uncommitted changes, so a
    /// transaction that had not begun to commit can be run again.
    /// </summary>
    public static bool IsConnectionLoss(Exception fault) => Cause(fault) switch
    {
        PostgresException postgres => IsLostSession(postgres),
        ConnectionLostException or { InnerException: IOException or SocketException } => true,
        _ => false,
    };

    /// <summary>The schema is older than the program, or the role lacks privileges.</summary>
    public static bool IsOldSchema(Exception fault) => Cause(fault) is PostgresException
    {
        SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InsufficientPrivilege,
    };

    /// <summary>The database cannot serve the request now. Nothing is wrong with the request, and it may succeed later.</summary>
    public static bool IsUnavailable(Exception fault) => Cause(fault) switch
    {
        PostgresException postgres => IsUnavailable(postgres),
        // Two commands at once on one connection are a mistake of the program. The driver uses this exception type otherwise only for
        // failures of the connection, the pool or a time limit.
        NpgsqlOperationInProgressException or null => false,
        _ => true,
    };

    /// <summary>
    /// Finds the exception of the driver or the server. Dapper wraps it in a <see cref="DataException"/>, some methods of the driver in an
    /// <see cref="InvalidOperationException"/>, and tasks in an <see cref="AggregateException"/>. No other wrapper is unwrapped: for
    /// example, an OutcomeUnknownException contains a lost connection but must not be retried.
    /// </summary>
    /// <returns>Null if the exception is not about the database.</returns>
    public static NpgsqlException? Cause(Exception fault) => fault switch
    {
        NpgsqlException cause => cause,
        // The driver does not wrap the failure to resolve a host name. All other code here uses sockets through clients that wrap it.
        SocketException noAddress => new ConnectionLostException(noAddress),
        AggregateException several => several.InnerExceptions.Select(Cause).FirstOrDefault(cause => cause is not null),
        DataException or InvalidOperationException when fault.InnerException is { } inner => Cause(inner),
        _ => null,
    };

    /// <summary>
    /// The error ends the session, so the server answers nothing that was sent after the failed statement. The caller knows whether that
    /// includes a commit. A panic of the server, for example on a full disk, may also occur after the commit was written.
    /// </summary>
    internal static bool EndsSession(PostgresException fault) => IsLostSession(fault) || fault.InvariantSeverity is "FATAL" or "PANIC";

    private static bool IsLostSession(PostgresException fault) => fault.SqlState switch
    {
        // A protocol violation (08P01) is a mistake of the program, unless it ends the session. Poolers report a lost server this way.
        PostgresErrorCodes.ProtocolViolation => fault.InvariantSeverity == "FATAL",
        // Class 08, connection exceptions. Poolers and proxies report them for their own connections to the server.
        PostgresErrorCodes.ConnectionException or PostgresErrorCodes.ConnectionDoesNotExist or PostgresErrorCodes.ConnectionFailure
            or PostgresErrorCodes.SqlClientUnableToEstablishSqlConnection => true,
        // 57P01: an administrator stopped the server or ended the session.
        // 57P02: another session crashed, and the server ended all sessions.
        // 57P03: the server is starting or stopping. 57P05: the session was idle in the pool for too long. 25P03: the session was idle
        // in a transaction for too long.
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or IdleSessionTimeout or IdleInTransactionSessionTimeout => true,
        _ => false,
    };

    private static bool IsUnavailable(PostgresException fault) => IsLostSession(fault) || fault.SqlState switch
    {
        // 08004: the server or a proxy accepts no connections.
        PostgresErrorCodes.SqlServerRejectedEstablishmentOfSqlConnection => true,
        // 25006: the server is read-only. It is a standby after a failover, or an operator has made the database read-only.
        PostgresErrorCodes.ReadOnlySqlTransaction => true,
        // 25P04: the transaction took longer than the server allows.
        TransactionTimeout => true,
        // The password, the role or the database does not exist yet, or no longer exists. An operator has to create it.
        PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidCatalogName => true,
        // 40001, 40P01 and 23503: every retry lost its race.
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation => true,
        // 55000, 55006 and 55P03: a lock, or a state caused by other work, such as a database that accepts no connections.
        PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.ObjectInUse
            or PostgresErrorCodes.LockNotAvailable => true,
        // 57014: a statement exceeded its time limit, or an operator cancelled it. 57P04: the database was dropped.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DatabaseDropped => true,
        // Class 53: the server lacks disk space, memory or connections. Class 58: the disk or the operating system of the server
        // fails. Class XX, internal errors and damaged data, is not included. Waiting does not repair those, so they are
        // reported as a failure (500).
        _ => fault.SqlState.StartsWith("53", StringComparison.Ordinal) || fault.SqlState.StartsWith("58", StringComparison.Ordinal),
    };
}

/// <summary>
/// The connection was lost before or during its use. The driver reports the loss only to the call that discovers it. Later calls on the
/// connection, such as closing a reader, get an error that does not name this cause.
/// </summary>
public sealed class ConnectionLostException(Exception? cause) : NpgsqlException("The connection to the database was lost.", cause);
