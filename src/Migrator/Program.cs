using System.CommandLine;
using GameImages.Migrator;
using GameImages.Migrator.Announcements;
using GameImages.Migrator.Images;
using GameImages.Migrator.Schema;
using GameImages.Migrator.Server;

var root = new RootCommand("Operates GameImages: its schema, its images and its server.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    StatusCommand.Create(),
    ListCommand.Create(),
    ScriptCommand.Create(),
    BootstrapCommand.Create(),
    DoctorCommand.Create(),
    StatsCommand.Create(),
    UsageCommand.Create(),
    ShowCommand.Create(),
    UsedByCommand.Create(),
    ExportCommand.Create(),
    FindCommand.Create(),
    PurgeCommand.Create(),
    BlockCommands.Blocked(),
    BlockCommands.Unblock(),
    VerifyCommand.Create(),
    RepairCommand.Create(),
    VariantCommands.Create(),
    OutboxCommands.Create(),
    DiscordCheckCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    DevelopmentCommands.Token(),
    DevelopmentCommands.Connection(),
};
root.Options.Add(Output.Json);

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
        throw new UsageException(UsageError.Message(parsed));

    // Ctrl-C cancels the running statement, and the command waits until the server has noticed that and rolled back.
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (Exception failure) when (Failure.ExitCodeOf(failure) is { } exitCode)
{
    Failure.Print(failure);
    return exitCode;
}
