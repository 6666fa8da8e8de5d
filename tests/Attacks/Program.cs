using System.CommandLine;
using GameImages.Attacks;

IAttack[] attacks = [new Fuzz(), new Searches(), new Starvation(), new Timing(), Uploads.OfOneMember, Uploads.Variants];

var service = new Option<string>("--service")
{
    Description = "The folder that the service was published to.",
    HelpName = "folder",
    Required = true,
    Recursive = true,
};
var before = new Option<string[]>("--before")
{
    Description = "The folder of an earlier published build to compare with. Only starvation compares. The option may be repeated.",
    HelpName = "folder",
    Recursive = true,
    DefaultValueFactory = _ => [],
};
var root = new RootCommand("Starts a service and a database, attacks the service, and prints how the attack affected other users.")
{
    service, before,
};

foreach (var attack in attacks)
{
    var command = new Command(attack.Name, attack.Description);
    command.SetAction(async (parsed, ct) =>
    {
        await using var target = await Target.StartAsync(parsed.GetRequiredValue(service), parsed.GetValue(before)!, ct);
        return await attack.RunAsync(target, ct) ? 0 : 1;
    });
    root.Subcommands.Add(command);
}

// The service and the database need some time to stop.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
