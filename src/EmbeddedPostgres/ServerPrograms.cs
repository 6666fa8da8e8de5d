using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace GameImages.EmbeddedPostgres;

/// <summary>Finds the programs of PostgreSQL.</summary>
public static partial class ServerPrograms
{
    private const int OldestMajorVersion = 15;

    private static readonly string[] DefaultPrograms = ["postgres", "initdb", "pg_ctl"];

    private static readonly string NpmPackage =
        $"@embedded-postgres/linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    /// <summary>
    /// Searches the folder that GAMEIMAGES_POSTGRES_BIN names, and no other. Without that setting, it searches PATH, the distribution's
    /// versioned folders (newest first), and the folder to which build/setup.sh installs the npm package.
    /// </summary>
    /// <param name="programs">The programs to find. Without any, the programs of the server.</param>
    /// <returns>The folder that has all the programs.</returns>
    /// <exception cref="EmbeddedServerException">No folder has them. The message says what to install.</exception>
    public static string Find(params string[] programs) =>
        Find(Environment.GetEnvironmentVariable("GAMEIMAGES_POSTGRES_BIN"), Candidates(), programs);

    internal static string Find(string? named, IEnumerable<string> candidates, params string[] programs)
    {
        if (!string.IsNullOrEmpty(named))
            return Usable(named, programs)
                ?? throw Missing($"GAMEIMAGES_POSTGRES_BIN names {named}, which does not have them.", programs);

        return candidates.Select(folder => Usable(folder, programs)).FirstOrDefault(folder => folder is not null)
            ?? throw Missing("They are neither in PATH nor in the folders of the distribution's packages.", programs);
    }

    private static IEnumerable<string> Candidates()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;

        foreach (var folder in Versions("/usr/lib/postgresql").Concat(Versions("/usr")))
            yield return Path.Combine(folder, "bin");

        if (DataFolder.Checkout() is { } checkout)
            yield return Path.Combine(checkout, ".tools", "node_modules", NpmPackage, "native", "bin");
    }

    // /usr/lib/postgresql/17 on Debian, /usr/pgsql-17 on Fedora and similar systems.
    private static IEnumerable<string> Versions(string parent) =>
        !Directory.Exists(parent) ? [] :
        from folder in Directory.EnumerateDirectories(parent)
        let version = VersionedFolder().Match(Path.GetFileName(folder))
        where version.Success
        orderby int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture) descending
        select folder;

    // Returns the folder with the programs themselves, not with links to them, since the server finds its libraries beside that folder.
    private static string? Usable(string folder, string[] programs)
    {
        var needed = programs is [] ? DefaultPrograms : programs;
        var first = new FileInfo(Path.Combine(folder, needed[0]));
        if (first.Exists && first.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            first = target;

        var hasAll = needed.All(program => File.Exists(Path.Combine(first.DirectoryName!, program)));
        return hasAll && MajorVersion(first.FullName) >= OldestMajorVersion ? first.DirectoryName : null;
    }

    private static int MajorVersion(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
        var version = PrintedVersion().Match(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return version.Success ? int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture) : 0;
    }

    private static EmbeddedServerException Missing(string searched, string[] programs) => new(programs is []
        ? $"""
        The embedded PostgreSQL needs the server programs initdb, pg_ctl and postgres, version {OldestMajorVersion} or later. {searched}
        Install one of
          Debian, Ubuntu:  apt-get install postgresql
          Fedora:          dnf install postgresql-server
          any Linux:       ./build/setup.sh (fetches {NpmPackage} from npm into .tools)
        or name their folder in GAMEIMAGES_POSTGRES_BIN, or set ConnectionStrings__GameImages to use another server.
        """
        // The command line prints each error on one line.
        : $"This needs {string.Join(" and ", programs)}, version {OldestMajorVersion} or later. {searched} "
            + "Install postgresql-client (Debian, Ubuntu) or postgresql (Fedora), or name their folder in GAMEIMAGES_POSTGRES_BIN.");

    [GeneratedRegex(@"^(pgsql-)?(?<major>\d+)$")]
    private static partial Regex VersionedFolder();

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)")]
    private static partial Regex PrintedVersion();
}
