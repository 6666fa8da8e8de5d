using System.CommandLine;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Migrator;
using Npgsql;

var root = new RootCommand("Operates GameImages: moves the schema of its database, and gives access to the embedded one.")
{
    SchemaCommands.Up(),
    SchemaCommands.Down(),
    SchemaCommands.Status(),
    DevelopmentCommands.Token(),
    DevelopmentCommands.Connection(),
};

try
{
    var parsed = root.Parse(args);
    var result = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : result;
}
catch (Exception refused) when (refused is UsageException or SchemaVersionException)
{
    return Fail(refused, ExitCode.WrongUsage);
}
catch (Exception unreachable) when (unreachable is NpgsqlException and not PostgresException || unreachable is EmbeddedServerException)
{
    return Fail(unreachable, ExitCode.Unreachable);
}
catch (PostgresException refused)
{
    return Fail(refused, refused.SqlState is PostgresErrorCodes.DataException ? ExitCode.Refused : ExitCode.Unreachable);
}

static int Fail(Exception cause, int exitCode)
{
    var message = cause is PostgresException postgres ? $"{postgres.MessageText} {postgres.Hint}".TrimEnd() : cause.Message;
    Console.Error.WriteLine($"gameimages: {message}");
    return exitCode;
}
