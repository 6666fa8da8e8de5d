using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace GameImages.EmbeddedPostgres;

/// <summary>Where PostgreSQL's programs are.</summary>
public static partial class ServerPrograms
{
    private const int OldestMajorVersion = 15;

    private static readonly string[] OfTheServer = ["postgres", "initdb", "pg_ctl"];

    private static readonly string NpmPackage =
        $"@embedded-postgres/linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    /// <summary>
    /// Looks in GAMEIMAGES_POSTGRES_BIN, which then has to have them; otherwise in PATH, the distributions' versioned folders (newest
    /// first), and where build/setup.sh puts the npm package.
    /// </summary>
    /// <param name="programs">Those of a client; none means the server's own.</param>
    /// <returns>The folder that has all of them.</returns>
    /// <exception cref="EmbeddedServerException">None has them; the message says what to install.</exception>
    public static string Find(params string[] programs) =>
        Find(Environment.GetEnvironmentVariable("GAMEIMAGES_POSTGRES_BIN"), Candidates(), programs);

    internal static string Find(string? named, IEnumerable<string> candidates, params string[] programs)
    {
        if (!string.IsNullOrEmpty(named))
            return Usable(named, programs)
                ?? throw Missing($"GAMEIMAGES_POSTGRES_BIN names {named}, which has no such programs.", programs);

        return candidates.Select(folder => Usable(folder, programs)).FirstOrDefault(folder => folder is not null)
            ?? throw Missing("None was found in PATH or in the folders of the distribution's packages.", programs);
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (
            var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries))
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
    private static string? Usable(string folder, string[] programs)
    {
        var needed = programs is [] ? OfTheServer : programs;
        var first = new FileInfo(Path.Combine(folder, needed[0]));
        first = (first.Exists ? first.ResolveLinkTarget(returnFinalTarget: true) as FileInfo : null) ?? first;
        return
            needed.All(program => File.Exists(Path.Combine(first.DirectoryName!, program)))
            && MajorVersion(first.FullName) >= OldestMajorVersion
            ? first.DirectoryName
            : null;
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
        or name their folder in GAMEIMAGES_POSTGRES_BIN, or set ConnectionStrings__GameImages to a server that runs already.
        """
        : $"This needs {string.Join(" and ", programs)}, version {OldestMajorVersion} or later. {searched} Install postgresql-client (Debian, Ubuntu) or postgresql (Fedora), or name their folder in GAMEIMAGES_POSTGRES_BIN.");

    [GeneratedRegex(@"^(pgsql-)?(?<major>\d+)$")]
    private static partial Regex VersionedFolder();

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)")]
    private static partial Regex PrintedVersion();
}
