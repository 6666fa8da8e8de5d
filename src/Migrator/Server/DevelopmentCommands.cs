using System.CommandLine;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Server;

/// <summary>gameimages token and connection: the keys to the embedded server of GAMEIMAGES_DATA, and to the development service on it.</summary>
internal static class DevelopmentCommands
{
    public static Command Token()
    {
        var user = new Option<string>("--user")
        {
            Description = "The Discord id of the user.",
            HelpName = "id",
            Required = true,
        };
        var guilds = new Option<string[]>("--guild")
        {
            Description = "The Discord id of a guild of the user's; once for each.",
            HelpName = "id",
            DefaultValueFactory = _ => [],
        };
        var name = new Option<string?>("--name")
        {
            Description = "The name of the user; without it, each request may give one.",
            HelpName = "text",
        };
        var mayHostForOthers = new Option<bool>("--may-host-for-others") { Description = "Lets the user create games that others host." };
        var command = new Command("token", "Prints a bearer token for the development service.") { user, guilds, name, mayHostForOthers };
        command.SetAction(parsed =>
        {
            Console.WriteLine(DevelopmentTokens.Create(
                DataFolder.Default(),
                parsed.GetRequiredValue(user),
                parsed.GetRequiredValue(guilds),
                TimeProvider.System,
                parsed.GetValue(name),
                parsed.GetValue(mayHostForOthers)));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Connection()
    {
        var roles = new Dictionary<string, string>
        {
            ["owner"] = EmbeddedServer.Owner,
            ["app"] = Roles.App,
            ["public"] = Roles.Public,
            ["bot"] = Roles.Bot,
        };
        var role = new Option<string>("--role")
        {
            Description = "Who to connect as.",
            HelpName = string.Join('|', roles.Keys),
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. roles.Keys]);
        var command = new Command("connection", "Prints a URI of the running embedded server that psql takes.") { role };
        command.SetAction(
            async (parsed, ct) =>
            {
                var folder = DataFolder.Default();
                await using var server = await EmbeddedServer.FindAsync(folder, ct)
                    ?? throw new EmbeddedServerException(
                        $"The embedded PostgreSQL of {folder.Path} does not run: start the service, with ./build/run.sh for one.");
                Console.WriteLine(server.ConnectionUri(roles[parsed.GetRequiredValue(role)]));
                return ExitCode.Done;
            });
        return command;
    }
}
