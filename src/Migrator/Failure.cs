using GameImages.Application;
using GameImages.Domain.Images.Formats;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using GameImages.Operations;
using GameImages.Operations.Schema;
using Npgsql;

namespace GameImages.Migrator;

/// <summary>Turns exceptions into an exit code and a line on standard error. No other code does this.</summary>
internal static class Failure
{
    /// <returns>Null for an unexpected exception.</returns>
    public static int? ExitCodeOf(Exception failure) => (DatabaseFaults.Cause(failure) ?? failure) switch
    {
        OperationCanceledException => ExitCode.Interrupted,
        UsageException or InvalidInputException or InvalidSettingException or NotFoundException or ImageRefusedException
            or FileNotFoundException or DirectoryNotFoundException => ExitCode.WrongUsage,
        RefusedException or SchemaVersionException or StalePlanException => ExitCode.Refused,
        PostgresException { SqlState: PostgresErrorCodes.DataException } => ExitCode.Refused,
        NpgsqlException or OutcomeUnknownException or EmbeddedServerException or IOException or UnauthorizedAccessException =>
            ExitCode.Unreachable,
        _ => null,
    };

    public static void Print(Exception failure) => Console.Error.WriteLine(Output.Printable($"gameimages: {Message(failure)}"));

    private static string Message(Exception failure) => (DatabaseFaults.Cause(failure) ?? failure) switch
    {
        OperationCanceledException => "Interrupted. Changes that were not complete have been undone.",
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } =>
            "Another session, such as a long query or an open transaction, holds a lock that this command needs. "
            + "Nothing was changed. Try again when that session has finished.",
        PostgresException postgres => $"{postgres.MessageText} {postgres.Hint}".TrimEnd().ReplaceLineEndings(" "),
        EmbeddedServerException => failure.Message,
        SchemaVersionException unknown => $"{unknown.Message} {SchemaAdvice.Of(unknown)}".TrimEnd(),
        var other => other.Message.ReplaceLineEndings(" "),
    };
}
