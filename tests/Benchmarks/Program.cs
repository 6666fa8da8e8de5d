using System.CommandLine;
using GameImages.Benchmarks.Servers;

var root = new RootCommand("Measures the service beside nginx, bare Kestrel and PostgreSQL alone.");

root.Subcommands.Add(Server("memory", "Bare Kestrel that sends answers from memory.", BareKestrel.ServeMemoryAsync));
root.Subcommands.Add(Server("select", "Bare Kestrel that sends pictures from the database.", BareKestrel.ServeSelectAsync));

return await root.Parse(args).InvokeAsync();

static Command Server(string name, string description, Func<string, Task> serveAsync)
{
    var answers = new Argument<string>("answers") { Description = "The file that they are in." };
    var command = new Command(name, description) { answers };

    // For this program itself.
    command.Hidden = true;
    command.SetAction((parsed, _) => serveAsync(parsed.GetRequiredValue(answers)));
    return command;
}
