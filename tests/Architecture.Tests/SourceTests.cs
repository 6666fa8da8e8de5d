using System.Text.RegularExpressions;

namespace GameImages.Architecture.Tests;

/// <summary>Rules for the text of the source. Each message lists the worst offenders first.</summary>
public sealed partial class SourceTests
{
    private const int MaxColumns = 139;
    private const int MaxLines = 150;

    // Databases contain the texts of migrations, so these never change. The dumps of earlier builds are test data.
    [GeneratedRegex(@"V000[1-9]_|EarlierBuilds|\.approved\.|schema\.d\.ts$")]
    private static partial Regex Frozen();

    // Tables in Markdown cannot be wrapped, nor can links and images.
    [GeneratedRegex(@"^\s*(\||!?\[)|https?://")]
    private static partial Regex NotWrappable();

    [GeneratedRegex(@"\b(whoever|eldest|mend(s|ed|ing)?|likewise|of which|goes away)\b", RegexOptions.IgnoreCase)]
    private static partial Regex BannedWord();

    [Test]
    public void No_line_is_longer_than_139_columns()
    {
        string[] extensions = [".cs", ".ts", ".tsx", ".css", ".sh", ".md", ".yml", ".mjs"];
        var lines =
            from path in Files(extensions)
            from line in Checkout.Lines(path).Select((text, index) => (text.Length, Text: text, Number: index + 1))
            where line.Length > MaxColumns && !(Path.GetExtension(path) == ".md" && NotWrappable().IsMatch(line.Text))
            orderby line.Length descending
            select $"{path}:{line.Number} has {line.Length} columns";

        Assert.That(lines, Is.Empty);
    }

    [Test]
    public void No_source_file_is_longer_than_150_lines()
    {
        var files =
            from path in Checkout.Files("src", ".cs", ".ts", ".tsx", ".css")
            where !Frozen().IsMatch(path)
            let lines = Checkout.Lines(path).Length
            where lines > MaxLines && !path.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}")
            orderby lines descending
            select $"{path} has {lines} lines";

        Assert.That(files, Is.Empty);
    }

    [Test]
    public void Texts_have_no_word_that_makes_readers_stumble()
    {
        var found =
            from path in Files(".cs", ".ts", ".tsx", ".sh", ".md")
            where Path.GetFileName(path) != $"{nameof(SourceTests)}.cs"
            from line in Checkout.Lines(path).Select((text, index) => (Match: BannedWord().Match(text), Number: index + 1))
            where line.Match.Success
            select $"{path}:{line.Number}: {line.Match.Value}";

        Assert.That(found, Is.Empty);
    }

    private static IEnumerable<string> Files(params string[] extensions) =>
        from path in new[] { "src", "tests", "build", "docs", ".github" }.SelectMany(folder => Checkout.Files(folder, extensions))
            .Concat(Directory.EnumerateFiles(Checkout.Folder, "*.md").Select(file => Path.GetFileName(file)!))
        where !Frozen().IsMatch(path)
        select path;
}
