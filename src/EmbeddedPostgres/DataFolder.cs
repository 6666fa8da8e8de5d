using System.Diagnostics;
using System.Security.Cryptography;

namespace GameImages.EmbeddedPostgres;

/// <summary>The folder of one embedded server: its cluster, its passwords, and the key that development tokens are signed with.</summary>
public sealed class DataFolder
{
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The program runs from a checkout of its sources.</summary>
    public static bool IsCheckout => Checkout() is not null;

    public string Path { get; }

    /// <summary>GAMEIMAGES_DATA, or a folder of this checkout that git ignores, or one of this user's.</summary>
    public static DataFolder Default() =>
        new(Environment.GetEnvironmentVariable("GAMEIMAGES_DATA") is { Length: > 0 } named ? named
            : Checkout() is { } checkout ? System.IO.Path.Combine(checkout, ".data")
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "gameimages"));

    /// <returns>64 hexadecimal digits, made at the first call and the same ever after; readable by this user only.</returns>
    public string Secret(string name)
    {
        var path = System.IO.Path.Combine(Path, name);

        if (!File.Exists(path))
        {
            var draft = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

            using (var file = new StreamWriter(draft, options))
                file.Write(RandomNumberGenerator.GetHexString(64, lowercase: true));

            // A link is made at once or not at all: of two processes that make a secret at the same moment, both use the first one's.
            using (var link = Process.Start(new ProcessStartInfo("ln", [draft, path]) { RedirectStandardError = true })!)
                link.WaitForExit();

            File.Delete(draft);
        }

        return File.ReadAllText(path);
    }

    /// <summary>Removes the folder, and the cluster if that had to live elsewhere. The server must not run.</summary>
    public void Delete()
    {
        if (ClusterHome != Path)
            Directory.Delete(ClusterHome, recursive: true);

        Directory.Delete(Path, recursive: true);
    }

    /// <summary>The folder that holds the cluster: this one, unless the account that runs the server has no way into it.</summary>
    internal string ClusterHome
    {
        get
        {
            var elsewhere = System.IO.Path.Combine(Path, "elsewhere");
            return File.Exists(elsewhere) ? File.ReadAllText(elsewhere).Trim() : Path;
        }
    }

    internal static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "GameImages.sln")))
                return folder.FullName;
        }

        return null;
    }
}
