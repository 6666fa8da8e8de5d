using System.CommandLine;
using GameImages.Benchmarks;
using GameImages.Benchmarks.Parts;
using GameImages.Benchmarks.Report;
using GameImages.Benchmarks.Servers;
using GameImages.Testing.Servers;

var service = new Option<string>("--service")
{
    Description = "The folder that the service was published to.",
    HelpName = "folder",
    Required = true,
};
var worker = new Option<string>("--worker")
{
    Description = "The folder that the worker for variants was published to.",
    HelpName = "folder",
    Required = true,
};
var before = new Option<string?>("--before")
{
    Description = "The folder of an earlier published build of the service to compare with.",
    HelpName = "folder",
};
var rounds = new Option<int>("--rounds")
{
    Description = "The number of rounds. Each round measures every server once.",
    DefaultValueFactory = _ => 5,
};
var seconds = new Option<int>("--seconds") { Description = "The seconds that each measurement takes.", DefaultValueFactory = _ => 5 };
var quick = new Option<bool>("--quick") { Description = "Runs one round of two seconds, to check that every case works." };
var only = new Option<string[]>("--only")
{
    Description = "Runs only the cases whose names contain this text. The option may be repeated.",
    HelpName = "case",
    DefaultValueFactory = _ => [],
};
var output = new Option<string?>("--output")
{
    Description = "The folder to write performance.json and performance.svg to. The default is docs after a run of all cases.",
    HelpName = "folder",
};
var root = new RootCommand("Compares the service with nginx, bare Kestrel and PostgreSQL alone.")
{
    service, worker, before, rounds, seconds, quick, only, output,
};

root.SetAction(
    async (parsed, ct) =>
    {
        var isQuick = parsed.GetValue(quick);
        var cases = parsed.GetValue(only)!;
        var run = new BenchmarkRun(
            isQuick ? 1 : parsed.GetValue(rounds), isQuick ? 2 : parsed.GetValue(seconds), cases, parsed.GetRequiredValue(worker));
        var figures = await run.RunAsync(parsed.GetRequiredValue(service), parsed.GetValue(before), ct);
        Console.WriteLine(Table.Of(figures));

        // Only the figures of a complete run belong in the documentation.
        var folder = parsed.GetValue(output) ?? (isQuick || cases.Length > 0 ? null : "docs");
        if (folder is not null)
            figures.Write(folder);
    });

root.Subcommands.Add(Server("memory", "Runs bare Kestrel with responses from memory.", BareKestrel.ServeMemoryAsync));
root.Subcommands.Add(Server("select", "Runs bare Kestrel with images from the database.", BareKestrel.ServeSelectAsync));

var parts = new Command("parts", "Measures the parts that need no server. It accepts BenchmarkDotNet's options.")
{
    TreatUnmatchedTokensAsErrors = false,
};
parts.SetAction((parsed, _) => PartBenchmarks.RunAsync([.. parsed.UnmatchedTokens]));
root.Subcommands.Add(parts);

try
{
    // The servers need some time to stop.
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
    var responses = new Argument<string>("responses") { Description = "The file with the responses." };
    var command = new Command(name, description) { responses };

    // Only this program itself uses the command.
    command.Hidden = true;
    command.SetAction((parsed, _) => serveAsync(parsed.GetRequiredValue(responses)));
    return command;
}
