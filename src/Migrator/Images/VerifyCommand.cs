using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using GameImages.Operations;
using GameImages.Operations.Images;
using Spectre.Console;

namespace GameImages.Migrator.Images;

/// <summary>gameimages verify: proves that counts, references and bytes are right.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Leaves the bytes unread, but for their length." };
        var sample = new Option<double>("--sample")
        {
            Description = "How many of the pictures to read, picked at random.",
            HelpName = "N%",
            DefaultValueFactory = _ => 100,
            CustomParser = Percent,
        };
        var command = new Command(
            "verify",
            "Proves that every count equals its references and that every picture has the bytes of its hash, while the service goes on.")
        {
            quick,
            sample,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                if (parsed.GetValue(quick) && parsed.GetResult(sample) is { Implicit: false })
                    throw new UsageException("--quick reads no picture, so it takes no --sample.");

                await using var database = await Database.OpenAsync(ct);
                await using var snapshot = await DatabaseSnapshot.TakeAsync(database.Operators, ct);
                var output = Output.Of(parsed);
                using var problems = new Listing(output, "problems");
                var started = Stopwatch.GetTimestamp();
                var verified = await RunAsync(
                    snapshot,
                    parsed.GetValue(quick) ? 0 : parsed.GetValue(sample),
                    problem => problems.Add(problem, Line(problem), Color.Red),
                    output,
                    ct);
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

                problems.End(
                    new
                    {
                        verified.Images,
                        verified.References,
                        verified.Quarantined,
                        verified.ImagesRead,
                        verified.BytesRead,
                        problemsByKind = verified.Problems,
                        seconds = Math.Round(seconds, 3),
                        bytesPerSecond = (long)(verified.BytesRead / seconds),
                    },
                    text => Print(verified, seconds, text));
                return verified.Problems.Count == 0 ? ExitCode.Done : ExitCode.FoundProblems;
            });
        return command;
    }

    /// <param name="percent">How many of the pictures to read.</param>
    public static Task<ImagesVerified> RunAsync(
        DatabaseSnapshot snapshot,
        double percent,
        Action<ImageProblem> report,
        Output output,
        CancellationToken ct) =>
        ProgressBar.ShowAsync(
            "Reading pictures",
            show => new ImageVerification(snapshot, report).RunAsync(percent, (done, total) => show(new(done, total)), ct),
            asLines: output.IsJson);

    public static string Line(ImageProblem problem) => $"{Words(problem.Kind)}: {problem.Message}";

    public static void Print(ImagesVerified verified, double seconds, Output text)
    {
        text.Line($"Looked at {verified.Images.Count("image")} and {verified.References.Count("reference")}, and read {verified.ImagesRead.Count("image")}, {verified.BytesRead.Bytes()}, in {seconds.ToString("0.0", CultureInfo.InvariantCulture)} s ({((long)(verified.BytesRead / seconds)).Bytes()}/s).");
        if (verified.Quarantined > 0)
            text.Line($"{verified.Quarantined.Count("image")} in quarantine {(verified.Quarantined == 1 ? "was" : "were")} not read.");

        var problems = verified.Problems.Values.Sum();
        text.Line(problems == 0 ? "No problem was found." : $"{problems.Count("problem")}: {string.Join(", ", verified.Problems.Select(kind => $"{kind.Value.Count()} {Words(kind.Key)}"))}.");
    }

    private static string Words(ImageProblemKind kind) =>
        string.Concat(
            kind.ToString().Select((c, at) => at > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static double Percent(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (
            double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is > 0 and <= 100)
            return percent;

        argument.AddError($"{text} is no percentage that is more than 0 and at most 100.");
        return 0;
    }
}
