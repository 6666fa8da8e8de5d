using System.Diagnostics;
using System.Security.Cryptography;

namespace GameImages.EmbeddedPostgres;

/// <summary>The folder of one embedded server. It has the cluster, the passwords, and the key that signs development tokens.</summary>
public sealed class DataFolder
{
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Whether the program runs from a checkout of its sources.</summary>
    public static bool IsCheckout => Checkout() is not null;

    public string Path { get; }

    /// <summary>
    /// The folder that GAMEIMAGES_DATA names. Without it, the folder .data of this checkout, which git ignores, or else a folder in this
    /// user's application data.
    /// </summary>
    public static DataFolder Default()
    {
        if (Environment.GetEnvironmentVariable("GAMEIMAGES_DATA") is { Length: > 0 } named)
            return new(named);
        if (Checkout() is { } checkout)
            return new(System.IO.Path.Combine(checkout, ".data"));

        var userData = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return new(System.IO.Path.Combine(userData, "gameimages"));
    }

    /// <summary>Reads a secret, and creates it at the first call. Only this user can read its file.</summary>
    /// <returns>64 hexadecimal digits.</returns>
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

            // Creating a link is atomic. When two processes create the same secret at once, both use the secret of the first.
            using (var link = Process.Start(new ProcessStartInfo("ln", [draft, path]) { RedirectStandardError = true })!)
                link.WaitForExit();

            File.Delete(draft);
        }

        return File.ReadAllText(path);
    }

    /// <summary>Deletes the folder, and the cluster if it is in another folder. The server must not run.</summary>
    public void Delete()
    {
        if (ClusterHome != Path)
            Directory.Delete(ClusterHome, recursive: true);

        Directory.Delete(Path, recursive: true);
    }

    /// <summary>The folder that has the cluster. It is another one if the server's account cannot access this folder.</summary>
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
