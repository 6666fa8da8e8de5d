using System.Net.Sockets;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>What kind of failure an exception of the database is.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// The transaction was rolled back because another one was in its way: the same again may well succeed. So it is with a foreign key:
    /// an image that a game was to refer to had its last reference given back.
    /// </summary>
    public static bool IsLostRace(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>The connection is gone, or could not be had in the first place.</summary>
    public static bool IsConnectionLoss(Exception fault) => fault switch
    {
        PostgresException postgres => postgres.SqlState
            is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException { InnerException: IOException or SocketException } => true,
        _ => false,
    };

    /// <summary>The schema is older than what asks, or its role has not been given its rights.</summary>
    public static bool IsOldSchema(Exception fault) => fault is PostgresException
    {
        SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InsufficientPrivilege,
    };

    /// <summary>The database cannot serve now, for a reason that time or an operator removes: nothing is wrong with the request.</summary>
    public static bool IsUnavailable(Exception fault) => fault is PostgresException postgres
        ? postgres.IsTransient || postgres.SqlState
            is PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification
            or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
        : fault is NpgsqlException;
}
