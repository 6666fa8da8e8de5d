using System.CommandLine;
using GameImages.Operations;
using GameImages.Operations.Server;

namespace GameImages.Migrator.Server;

/// <summary>gameimages restore: pg_restore into an empty database, all or nothing, and verify.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "A file that gameimages backup wrote.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("restore", "Reads a backup into an empty database, with pg_restore, and verifies it.") { File };
        command.SetAction(
            async (parsed, ct) =>
            {
                var path = parsed.GetRequiredValue(File) is { Length: > 0 } named
                    ? named
                    : throw new UsageException("The name of the file is empty.");
                await using var database = await Database.OpenAsync(ct);
                await CheckAsync(path, ct);
                var name = await new RestoreTarget(database.Administrator).CheckAsync(ct);
                await ClientProgram.RunAsync(
                    "pg_restore",
                    database.Administrator,
                    ["--exit-on-error", "--single-transaction", "--no-password", $"--dbname={Quoted(name)}", "--", path],
                    ct);

                await using var snapshot = await DatabaseSnapshot.TakeOfAnyVersionAsync(database.Operators, ct);
                return await Proof.ShowAsync(parsed, snapshot, path, $"Restored {path} into {name}: {Proof.Version(snapshot)}.", ct);
            });
        return command;
    }

    // A name with = in it would be taken for more than a name.
    private static string Quoted(string database) =>
        $"dbname='{database.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

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
