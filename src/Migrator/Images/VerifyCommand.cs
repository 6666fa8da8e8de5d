using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using GameImages.Operations;
using GameImages.Operations.Images;
using Spectre.Console;

namespace GameImages.Migrator.Images;

/// <summary>gameimages verify: checks counts, references and bytes.</summary>
internal static class VerifyCommand
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Checks the lengths of the images, but not their bytes.",
    };
    private static readonly Option<double> Sample = new("--sample")
    {
        Description = "The share of the images to read, chosen at random.",
        HelpName = "N%",
        DefaultValueFactory = _ => 100,
        CustomParser = Percent,
    };

    public static Command Create()
    {
        var command = new Command(
            "verify",
            "Verifies the counts of images and guilds, and that the bytes of each image match its hash, while the service runs.")
        {
            Quick,
            Sample,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(Quick) && parsed.GetResult(Sample) is { Implicit: false })
            throw new UsageException("--quick reads no images, so it cannot be combined with --sample.");

        await using var database = await Database.OpenAsync(ct);
        await using var snapshot = await DatabaseSnapshot.TakeAsync(database.Operators, ct);
        var output = Output.Of(parsed);
        using var problems = new Listing(output, "problems");
        var started = Stopwatch.GetTimestamp();
        var verified = await RunAsync(
            snapshot,
            parsed.GetValue(Quick) ? 0 : parsed.GetValue(Sample),
            problem => problems.Add(problem, Line(problem), Color.Red),
            output,
            ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var result = new
        {
            verified.Images,
            verified.References,
            verified.Quarantined,
            verified.ImagesRead,
            verified.BytesRead,
            problemsByKind = verified.Problems,
            seconds = Math.Round(seconds, 3),
            bytesPerSecond = (long)(verified.BytesRead / seconds),
        };
        problems.End(result, text => Print(verified, seconds, text));
        return verified.Problems.Count == 0 ? ExitCode.Done : ExitCode.FoundProblems;
    }

    /// <param name="percent">The share of the images to read.</param>
    public static Task<ImagesVerified> RunAsync(
        DatabaseSnapshot snapshot, double percent, Action<ImageProblem> report, Output output, CancellationToken ct) =>
        ProgressBar.ShowAsync(
            "Reading images",
            show => new ImageVerification(snapshot, report).RunAsync(percent, (done, total) => show(new(done, total)), ct),
            asLines: output.IsJson);

    public static string Line(ImageProblem problem) => $"{Words(problem.Kind)}: {problem.Message}";

    public static void Print(ImagesVerified verified, double seconds, Output text)
    {
        text.Line(
            $"Checked {verified.Images.Count("image")} and {verified.References.Count("reference")}, "
            + $"and read {verified.ImagesRead.Count("image")}, {verified.BytesRead.Bytes()}, "
            + $"in {seconds.ToString("0.0", CultureInfo.InvariantCulture)} s ({((long)(verified.BytesRead / seconds)).Bytes()}/s).");
        if (verified.Quarantined > 0)
            text.Line($"{verified.Quarantined.Count("image")} in quarantine {(verified.Quarantined == 1 ? "was" : "were")} not read.");

        var problems = verified.Problems.Values.Sum();
        var kinds = string.Join(", ", verified.Problems.Select(kind => $"{kind.Value.Count()} {Words(kind.Key)}"));
        text.Line(problems == 0 ? "No problems were found." : $"{problems.Count("problem")}: {kinds}.");
    }

    // WrongCount becomes "wrong count".
    private static string Words(ImageProblemKind kind) => string.Concat(kind.ToString().Select((letter, index) =>
        index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static double Percent(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var isNumber = double.TryParse(
            text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
        if (isNumber && percent is > 0 and <= 100)
            return percent;

        argument.AddError($"--sample is \"{text}\": it has to be a percentage that is more than 0 and at most 100.");
        return 0;
    }
}
