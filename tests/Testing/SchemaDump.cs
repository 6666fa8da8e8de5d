using System.Diagnostics;
using GameImages.EmbeddedPostgres;
using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>The pg_dump of a schema. Equal dumps mean equal schemas, including owners and grants.</summary>
public static class SchemaDump
{
    /// <summary>Ignores the test if pg_dump is not installed.</summary>
    public static async Task<string> OfAsync(TestDatabase database)
    {
        var program = Path.Combine(ServerPrograms.Find(), "pg_dump");
        if (!File.Exists(program))
            Prerequisite.Missing($"{program} is missing. Install the client programs of PostgreSQL.");

        using var process = Process.Start(
            new ProcessStartInfo(program, ["--schema-only", database.ConnectionUri(EmbeddedServer.Superuser)])
            {
                RedirectStandardOutput = true,
            })!;
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);

        // Newer versions of pg_dump write a random word at the beginning and at the end.
        var lines = dump.Split('\n').Where(line =>
            !line.StartsWith(@"\restrict ", StringComparison.Ordinal) && !line.StartsWith(@"\unrestrict ", StringComparison.Ordinal));
        return string.Join('\n', lines);
    }
}
