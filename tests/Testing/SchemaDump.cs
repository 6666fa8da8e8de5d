using System.Diagnostics;
using GameImages.EmbeddedPostgres;
using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>What pg_dump says of a schema: equal dumps mean equal schemas, owners and grants included.</summary>
public static class SchemaDump
{
    /// <summary>Ignores the test where pg_dump is missing.</summary>
    public static async Task<string> OfAsync(TestDatabase database)
    {
        var program = Path.Combine(ServerPrograms.Find(), "pg_dump");
        if (!File.Exists(program))
            Prerequisite.Missing($"{program} is missing: install PostgreSQL's client programs.");

        using var process = Process.Start(
            new ProcessStartInfo(program, ["--schema-only", database.ConnectionUri(EmbeddedServer.Superuser)])
            {
                RedirectStandardOutput = true,
            })!;
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);

        // Newer ones begin and end with a word of their own, another each time.
        return string.Join(
            '\n',
            dump.Split('\n')
                .Where(line =>
                    !line.StartsWith(@"\restrict ", StringComparison.Ordinal)
                    && !line.StartsWith(@"\unrestrict ", StringComparison.Ordinal)));
    }
}
