using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Tests.Images;

/// <summary>Compares the metadata that exiftool finds in the files of <c>GAMEIMAGES_CORPUS</c> before and after cleaning.</summary>
public sealed class ExifToolTests
{
    // These groups hold facts of the file system, of the image itself, and values that exiftool computes from them.
    private static readonly string[] ImageGroups =
        ["APP14", "Composite", "ExifTool", "File", "GIF", "ICC_Profile", "JFIF", "PNG", "RIFF"];

    private readonly DirectoryInfo originals = Directory.CreateTempSubdirectory("gameimages-originals.");
    private readonly DirectoryInfo cleaned = Directory.CreateTempSubdirectory("gameimages-cleaned.");
    private string corpus = "";

    [OneTimeSetUp]
    public void Find_the_corpus_and_exiftool()
    {
        corpus = Environment.GetEnvironmentVariable("GAMEIMAGES_CORPUS") ?? "";

        if (corpus.Length == 0)
            Assert.Ignore("GAMEIMAGES_CORPUS is not set. Set it to a folder of image files.");

        try
        {
            Run("-ver");
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Ignore("exiftool is not installed. On Debian, run: apt-get install libimage-exiftool-perl");
        }
    }

    [OneTimeTearDown]
    public void Delete_the_copies()
    {
        originals.Delete(recursive: true);
        cleaned.Delete(recursive: true);
    }

    [TestCase("gps")]
    [TestCase("valid/jpeg")]
    [TestCase("valid/png")]
    [TestCase("valid/gif")]
    [TestCase("valid/webp")]
    public void The_only_metadata_of_a_cleaned_file_is_the_orientation(string folder)
    {
        var before = originals.CreateSubdirectory(folder).FullName;
        var after = cleaned.CreateSubdirectory(folder).FullName;

        foreach (var file in Directory.EnumerateFiles(Path.Combine(corpus, folder)))
        {
            if (Clean(file) is not { } content)
                continue;

            File.Copy(file, Path.Combine(before, Path.GetFileName(file)));
            File.WriteAllBytes(Path.Combine(after, Path.GetFileName(file)), content);
        }

        var found = Metadata(before);
        var left = Metadata(after);
        TestContext.Out.WriteLine($"{folder}: {Figures(found)} in {Directory.GetFiles(before).Length} originals; {Figures(left)} left");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.Not.Empty);
            Assert.That(left, Is.Empty);
        }
    }

    private static byte[]? Clean(string file)
    {
        try
        {
            return ImageContent.Read(File.ReadAllBytes(file), new()).Bytes.ToArray();
        }
        catch (ImageRefusedException)
        {
            return null;
        }
    }

    private static string Figures(List<string> tags)
    {
        var kinds = new[] { "GPS", "XMP", "IPTC", "Comment" }.Select(kind =>
            $"{tags.Count(tag => tag.Contains(kind, StringComparison.Ordinal))} {kind}");
        return $"{tags.Count} tags ({string.Join(", ", kinds)})";
    }

    /// <returns>A text for each tag: the file, the group and the name.</returns>
    private static List<string> Metadata(string folder) =>
    [
        .. from file in JsonDocument.Parse(Run("-json", "-G0", "-a", "-q", folder)).RootElement.EnumerateArray()
           from tag in file.EnumerateObject()
           where IsMetadata(tag.Name.Split(':'))
           select $"{Path.GetFileName(file.GetProperty("SourceFile").GetString())} {tag.Name}",
    ];

    private static bool IsMetadata(string[] tag) =>
        tag is [var group, var name]
        && tag is not ["EXIF", "Orientation"]
        && (!ImageGroups.Contains(group)
            || name.Contains("GPS", StringComparison.Ordinal)
            || name.Contains("Comment", StringComparison.Ordinal));

    private static string Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("exiftool", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
