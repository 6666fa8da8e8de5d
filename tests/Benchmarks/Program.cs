using System.CommandLine;
using GameImages.Benchmarks;
using GameImages.Benchmarks.Parts;
using GameImages.Benchmarks.Report;
using GameImages.Benchmarks.Servers;

var service = new Option<string>("--service")
{
    Description = "The folder that the service was published to.",
    HelpName = "folder",
    Required = true,
};
var before = new Option<string?>("--before")
{
    Description = "The folder that an earlier build of the service was published to, to compare with.",
    HelpName = "folder",
};
var rounds = new Option<int>("--rounds") { Description = "How often everybody has a turn.", DefaultValueFactory = _ => 5 };
var seconds = new Option<int>("--seconds") { Description = "How long a turn takes.", DefaultValueFactory = _ => 5 };
var quick = new Option<bool>("--quick") { Description = "One round of two seconds, to see that everything works." };
var only = new Option<string[]>("--only")
{
    Description = "Runs the cases with this in their names; may be repeated.",
    HelpName = "case",
    DefaultValueFactory = _ => [],
};
var output = new Option<string?>("--output")
{
    Description = "Where to write performance.json and performance.svg; docs after a run of everything.",
    HelpName = "folder",
};
var root = new RootCommand("Measures the service beside nginx, bare Kestrel and PostgreSQL alone.")
{
    service,
    before,
    rounds,
    seconds,
    quick,
    only,
    output,
};

root.SetAction(
    async (parsed, ct) =>
    {
        var isQuick = parsed.GetValue(quick);
        var cases = parsed.GetValue(only)!;
        var figures = await new Bench(isQuick ? 1 : parsed.GetValue(rounds), isQuick ? 2 : parsed.GetValue(seconds), cases).RunAsync(
            parsed.GetRequiredValue(service),
            parsed.GetValue(before),
            ct);
        Console.WriteLine(Table.Of(figures));

        // Figures of less than everything are not for the documentation.
        var folder = parsed.GetValue(output) ?? (isQuick || cases.Length > 0 ? null : "docs");
        if (folder is not null)
            figures.Write(folder);
    });

root.Subcommands.Add(Server("memory", "Bare Kestrel that sends answers from memory.", BareKestrel.ServeMemoryAsync));
root.Subcommands.Add(Server("select", "Bare Kestrel that sends pictures from the database.", BareKestrel.ServeSelectAsync));

var parts = new Command("parts", "Measures what needs no server with BenchmarkDotNet, whose options it takes.")
{
    TreatUnmatchedTokensAsErrors = false,
};
parts.SetAction((parsed, _) => PartBenchmarks.RunAsync([.. parsed.UnmatchedTokens]));
root.Subcommands.Add(parts);

try
{
    // Stopping what was started takes a moment.
    return await root.Parse(args)
        .InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
}
catch (BrokenRunException broken)
{
    Console.Error.WriteLine(broken.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}

static Command Server(string name, string description, Func<string, Task> serveAsync)
{
    var answers = new Argument<string>("answers") { Description = "The file that they are in." };
    var command = new Command(name, description) { answers };

    // For this program itself.
    command.Hidden = true;
    command.SetAction((parsed, _) => serveAsync(parsed.GetRequiredValue(answers)));
    return command;
}
