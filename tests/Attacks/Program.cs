using System.CommandLine;
using GameImages.Attacks;

IAttack[] attacks = [new Fuzz(), new Searches(), new Timing(), Uploads.OfOneMember, Uploads.Variants];

var service = new Option<string>("--service")
{
    Description = "The folder that the service was published to.",
    HelpName = "folder",
    Required = true,
    Recursive = true,
};
var root = new RootCommand("Attacks a service of its own on a database of its own, and prints what the attack did to others.") { service };

foreach (var attack in attacks)
{
    var command = new Command(attack.Name, attack.Description);
    command.SetAction(async (parsed, ct) =>
    {
        await using var target = await Target.StartAsync(parsed.GetRequiredValue(service), ct);
        return await attack.RunAsync(target, ct) ? 0 : 1;
    });
    root.Subcommands.Add(command);
}

// Stopping what was started takes a moment.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
