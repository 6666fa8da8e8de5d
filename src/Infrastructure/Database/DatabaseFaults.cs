using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>Classifies failures of the database by their <see cref="Cause"/>, even if another exception wraps it.</summary>
public static class DatabaseFaults
{
    /// <returns>The kind of the fault; <see cref="FaultKind.Mistake"/> if the exception is not about the database.</returns>
    public static FaultKind KindOf(Exception fault) => Cause(fault) switch
    {
        PostgresException postgres => ErrorTable.KindOf(postgres),
        ConnectionLostException or { InnerException: IOException or SocketException } => FaultKind.LostConnection,
        // Two commands at once on one connection are a mistake of the program. The driver uses this exception type otherwise only for
        // failures of the connection, the pool or a time limit.
        NpgsqlOperationInProgressException or null => FaultKind.Mistake,
        _ => FaultKind.Unavailable,
    };

    /// <summary>Nothing was committed, and the transaction may succeed when it is run again.</summary>
    public static bool IsRetried(Exception fault) => KindOf(fault)
        is FaultKind.LostRace or FaultKind.StaleStatement or FaultKind.LostConnection;

    /// <summary>The database cannot serve the request now. Nothing is wrong with the request, and it may succeed later.</summary>
    public static bool IsUnavailable(Exception fault) => KindOf(fault) != FaultKind.Mistake;

    /// <summary>The schema is older than the program, or the role lacks privileges.</summary>
    public static bool IsOldSchema(Exception fault) => Cause(fault) is PostgresException
    {
        SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InsufficientPrivilege,
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
    internal static bool EndsSession(PostgresException fault) =>
        fault.InvariantSeverity is "FATAL" or "PANIC" || KindOf(fault) is FaultKind.LostConnection or FaultKind.UnknownOutcome;
}

/// <summary>
/// The connection was lost before or during its use. The driver reports the loss only to the call that discovers it. Later calls on the
/// connection, such as closing a reader, get an error that does not name this cause.
/// </summary>
public sealed class ConnectionLostException(Exception? cause) : NpgsqlException("The connection to the database was lost.", cause);
