using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace GameImages.EmbeddedPostgres;

/// <summary>Where initdb, pg_ctl and postgres are.</summary>
public static partial class ServerPrograms
{
    private const int OldestMajorVersion = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    private static readonly string NpmPackage = $"@embedded-postgres/linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    /// <summary>
    /// Looks in GAMEIMAGES_POSTGRES_BIN, which then has to have them; otherwise in PATH, the distributions' versioned folders (newest
    /// first), and where build/setup.sh puts the npm package.
    /// </summary>
    /// <returns>The folder of the three programs.</returns>
    /// <exception cref="EmbeddedServerException">None has them; the message says what to install.</exception>
    public static string Find() => Find(Environment.GetEnvironmentVariable("GAMEIMAGES_POSTGRES_BIN"), Candidates());

    internal static string Find(string? named, IEnumerable<string> candidates)
    {
        if (!string.IsNullOrEmpty(named))
            return Usable(named) ?? throw Missing($"GAMEIMAGES_POSTGRES_BIN names {named}, which has no such programs.");

        return candidates.Select(Usable).FirstOrDefault(folder => folder is not null)
            ?? throw Missing("None was found in PATH or in the folders of the distribution's packages.");
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;

        foreach (var folder in Versions("/usr/lib/postgresql").Concat(Versions("/usr")))
            yield return Path.Combine(folder, "bin");

        if (DataFolder.Checkout() is { } checkout)
            yield return Path.Combine(checkout, ".tools", "node_modules", NpmPackage, "native", "bin");
    }

    // /usr/lib/postgresql/17 on Debian, /usr/pgsql-17 on Fedora and its kin.
    private static IEnumerable<string> Versions(string parent) =>
        !Directory.Exists(parent) ? [] :
        from folder in Directory.EnumerateDirectories(parent)
        let version = VersionedFolder().Match(Path.GetFileName(folder))
        where version.Success
        orderby int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture) descending
        select folder;

    // The folder that has the programs themselves, not links to them: the server finds its libraries beside its own folder.
    private static string? Usable(string folder)
    {
        var postgres = new FileInfo(Path.Combine(folder, "postgres"));
        folder = Path.GetDirectoryName((postgres.Exists ? postgres.ResolveLinkTarget(returnFinalTarget: true) : null)?.FullName ?? postgres.FullName)!;
        return Needed.All(program => File.Exists(Path.Combine(folder, program))) && MajorVersion(folder) >= OldestMajorVersion ? folder : null;
    }

    private static int MajorVersion(string folder)
    {
        using var postgres = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version") { RedirectStandardOutput = true })!;
        var version = PrintedVersion().Match(postgres.StandardOutput.ReadToEnd());
        postgres.WaitForExit();
        return version.Success ? int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture) : 0;
    }

    private static EmbeddedServerException Missing(string searched) => new(
        $"""
        The embedded PostgreSQL needs the server programs initdb, pg_ctl and postgres, version {OldestMajorVersion} or later. {searched}
        Install one of
          Debian, Ubuntu:  apt-get install postgresql
          Fedora:          dnf install postgresql-server
          any Linux:       ./build/setup.sh (fetches {NpmPackage} from npm into .tools)
        or name their folder in GAMEIMAGES_POSTGRES_BIN, or set ConnectionStrings__GameImages to a server that runs already.
        """);

    [GeneratedRegex(@"^(pgsql-)?(?<major>\d+)$")]
    private static partial Regex VersionedFolder();

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)")]
    private static partial Regex PrintedVersion();
}
