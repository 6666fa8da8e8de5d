using System.CommandLine;
using GameImages.Infrastructure.Server;
using Npgsql;

namespace GameImages.Migrator.Server;

/// <summary>gameimages restore: pg_restore into an empty database, all or nothing.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("file") { Description = "A file that gameimages backup wrote.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("restore", "Reads a backup into an empty database, with pg_restore.") { File };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(File);
            await using var database = await Database.OpenAsync(ct);
            var target = new RestoreTarget(database.Administrator);
            var name = new NpgsqlConnectionStringBuilder(database.Administrator).Database!;

            await CheckAsync(path, ct);
            await target.CheckAsync(ct);
            await ClientProgram.RunAsync("pg_restore", database.Administrator, ["--exit-on-error", "--single-transaction", "--no-password", $"--dbname={Quoted(name)}", "--", path], ct);

            var schemaVersion = await target.GetSchemaVersionAsync(ct);
            Output.Of(parsed).Write(new { file = path, database = name, schemaVersion }, text => text.Line($"Restored {path} into {name}: schema version {schemaVersion?.ToString() ?? "unknown"}."));
            return ExitCode.Done;
        });
        return command;
    }

    // A name with = in it would be taken for more than a name.
    private static string Quoted(string database) => $"dbname='{database.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    // Reads it to its end, before anything is sent to the server.
    private static async Task CheckAsync(string path, CancellationToken ct)
    {
        await using (System.IO.File.OpenRead(path))
        {
        }

        try
        {
            await ClientProgram.RunAsync("pg_restore", null, ["--file=/dev/null", "--", path], ct);
        }
        catch (IOException unreadable)
        {
            throw new UsageException($"{path} is no backup that can be read: {unreadable.Message}");
        }
    }
}
