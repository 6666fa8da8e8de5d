using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Operations;
using Npgsql;

namespace GameImages.Migrator;

/// <summary>The one place where an exception becomes an exit code and a line on standard error.</summary>
internal static class Failure
{
    /// <returns>Null for what nobody foresaw.</returns>
    public static int? ExitCodeOf(Exception failure) =>
        (DatabaseFaults.Cause(failure) ?? failure) switch
        {
            OperationCanceledException => ExitCode.Interrupted,
            UsageException or NotFoundException or ImageRefusedException or FileNotFoundException or DirectoryNotFoundException =>
                ExitCode.WrongUsage,
            RefusedException or SchemaVersionException or StalePlanException => ExitCode.Refused,
            PostgresException { SqlState: PostgresErrorCodes.DataException } => ExitCode.Refused,
            NpgsqlException or OutcomeUnknownException or EmbeddedServerException or IOException or UnauthorizedAccessException =>
                ExitCode.Unreachable,
            _ => null,
        };

    public static void Print(Exception failure) => Console.Error.WriteLine(Output.Printable($"gameimages: {Message(failure)}"));

    private static string Message(Exception failure) => (DatabaseFaults.Cause(failure) ?? failure) switch
    {
        OperationCanceledException => "Interrupted; what was not finished is undone.",
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            "Somebody holds a lock that this needs, such as a long query or an open transaction. Nothing was changed; try again when it is over.",
        PostgresException postgres => $"{postgres.MessageText} {postgres.Hint}".TrimEnd().ReplaceLineEndings(" "),
        EmbeddedServerException => failure.Message,
        var other => other.Message.ReplaceLineEndings(" "),
    };
}
