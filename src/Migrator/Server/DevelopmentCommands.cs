using System.CommandLine;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Server;

/// <summary>gameimages token and connection: access to the embedded server of GAMEIMAGES_DATA, and to the development service.</summary>
internal static class DevelopmentCommands
{
    public static Command Token()
    {
        var user = new Option<string>("--user") { Description = "The Discord id of the user.", HelpName = "id", Required = true };
        var guilds = new Option<string[]>("--guild")
        {
            Description = "The Discord id of a guild of the user. Repeat the option for each guild.",
            HelpName = "id",
            DefaultValueFactory = _ => [],
        };
        var name = new Option<string?>("--name")
        {
            Description = "The name of the user. Without it, each request may give a name.",
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
            ["variants"] = Roles.Variants,
        };
        var role = new Option<string>("--role")
        {
            Description = "The role to connect as.",
            HelpName = string.Join('|', roles.Keys),
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. roles.Keys]);
        var command = new Command("connection", "Prints a URI of the running embedded server, for psql.") { role };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = DataFolder.Default();
            await using var server = await EmbeddedServer.FindAsync(folder, ct) ?? throw new EmbeddedServerException(
                $"The embedded PostgreSQL of {folder.Path} does not run. Start the service, for example with ./build/run.sh.");
            Console.WriteLine(server.ConnectionUri(roles[parsed.GetRequiredValue(role)]));
            return ExitCode.Done;
        });
        return command;
    }
}
