using System.CommandLine;
using GameImages.Migrator;
using GameImages.Migrator.Schema;
using GameImages.Migrator.Server;

var root = new RootCommand("Operates GameImages: moves the schema of its database, and gives access to the embedded one.")
{
    SchemaCommands.Up(),
    SchemaCommands.Down(),
    SchemaCommands.Status(),
    DevelopmentCommands.Token(),
    DevelopmentCommands.Connection(),
};
root.Options.Add(Output.Json);

try
{
    var parsed = root.Parse(args);

    // Rolling back takes no time, but a cancelled statement may take a moment to notice.
    var result = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : result;
}
catch (Exception failure) when (Failure.ExitCodeOf(failure) is { } exitCode)
{
    Failure.Print(failure);
    return exitCode;
}
