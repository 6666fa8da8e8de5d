namespace GameImages.Architecture.Tests;

/// <summary>The files of this checkout.</summary>
internal static class Checkout
{
    private static readonly string[] BuildFolders = ["bin", "obj", "node_modules", "dist", "wwwroot", "TestResults"];

    public static readonly string Folder = Find();

    /// <param name="folder">A folder of the checkout, such as <c>src</c>.</param>
    /// <param name="extensions">File name extensions with their dot.</param>
    /// <returns>The paths of the files that people write, relative to the checkout. Folders of the build are left out.</returns>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        from file in Directory.EnumerateFiles(Path.Combine(Folder, folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Folder, file)
        where extensions.Contains(Path.GetExtension(path)) && !path.Split(Path.DirectorySeparatorChar).Any(BuildFolders.Contains)
        select path;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Folder, path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GameImages.sln")))
            folder = folder.Parent!;

        return folder.FullName;
    }
}
