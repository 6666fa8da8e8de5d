using System.CommandLine;
using System.Text;
using System.Text.Json;
using GameImages.Infrastructure.Schema;
using GameImages.Operations.Server;
using Microsoft.Win32.SafeHandles;
using Npgsql;

namespace GameImages.Migrator.Server;

/// <summary>gameimages bootstrap: makes the roles and the database, and prints the settings that lead to them.</summary>
internal static class BootstrapCommand
{
    private const int LongestName = 63;

    // What an administrator's connection string says of the server, as opposed to the administrator.
    private static readonly string[] OfTheServer = ["Host", "Port", "SSL Mode", "SSL Negotiation", "Root Certificate", "Channel Binding"];

    private static readonly Option<string> Name = new("--database")
    {
        Description = "The database to create.",
        HelpName = "name",
        DefaultValueFactory = _ => "gameimages",
    };
    private static readonly Option<bool> NewPasswords = new("--new-passwords")
    {
        Description = "Gives roles that are there already new passwords as well.",
    };

    private static readonly (string Role, string Password, string ConnectionString)[] Settings =
    [
        (Roles.Owner, "Roles__Owner__Password", "ConnectionStrings__Migrator"),
        (Roles.App, "Roles__App__Password", "ConnectionStrings__GameImages"),
        (Roles.Public, "Roles__Public__Password", "ConnectionStrings__PublicImages"),
        (Roles.Bot, "Roles__Bot__Password", "ConnectionStrings__Bot"),
    ];

    public static Command Create()
    {
        var command = new Command(
            "bootstrap",
            "Creates the roles and the database on a server, and prints the settings for them; what is there already stays.")
        {
            Name,
            NewPasswords,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var name = parsed.GetRequiredValue(Name);
                if (name == "" || Encoding.UTF8.GetByteCount(name) > LongestName)
                    throw new UsageException($"The name of a database has 1 to {LongestName} bytes.");

                await using var database = await Database.OpenAsync(ct);
                await new Bootstrap(database.Administrator).RunAsync(
                    name,
                    GivenPasswords(),
                    parsed.GetValue(NewPasswords),
                    ready => PrintAsync(parsed.GetValue(Output.Json) ? Json(ready, database) : Text(ready, database), ct),
                    ct);
                return ExitCode.Done;
            });
        return command;
    }

    private static Dictionary<string, string> GivenPasswords() => Settings
        .Select(setting => (setting.Role, Password: Environment.GetEnvironmentVariable(setting.Password)))
        .Where(given => !string.IsNullOrEmpty(given.Password))
        .ToDictionary(given => given.Role, given => given.Password!);

    private static string Json(ReadyServer ready, Database database) =>
        JsonSerializer.Serialize(
            new
            {
                ready.Database,
                ready.IsDatabaseNew,
                Roles = ready.Roles.Select(role => new { role.Name, role.Change }),
                Settings = ready
                    .Roles.Where(role => role.Password is not null)
                    .ToDictionary(SettingOf, role => ConnectionString(ready, role, database)),
            },
            Output.JsonFormat) + "\n";

    // Everything but the settings is a comment, so that the whole can be kept as a file.
    private static string Text(ReadyServer ready, Database database)
    {
        var text = new StringBuilder($"# Database {ready.Database}: {(ready.IsDatabaseNew ? "created" : "unchanged")}.\n");

        foreach (var role in ready.Roles)
        {
            text.Append($"# {role.Name}: {Says(role.Change)}.\n");
            // A setting without its password must not replace one that has it.
            text.Append(role.Password is null ? "# " : "");
            text.Append(
                $"{SettingOf(role)}='{ConnectionString(ready, role, database).Replace("'", @"'\''", StringComparison.Ordinal)}'\n");
        }

        return text.Append("# Next: gameimages up\n").ToString();
    }

    private static string Says(RoleChange change) => change switch
    {
        RoleChange.Created => "created",
        RoleChange.PasswordSet => "given a new password",
        _ => "unchanged; put its password where the … is",
    };

    private static string SettingOf(ReadyRole role) => Settings.Single(setting => setting.Role == role.Name).ConnectionString;

    private static string ConnectionString(ReadyServer ready, ReadyRole role, Database database)
    {
        var administrator = new NpgsqlConnectionStringBuilder(database.Administrator);
        var settings = new NpgsqlConnectionStringBuilder();

        foreach (var keyword in OfTheServer.Where(administrator.ShouldSerialize))
            settings[keyword] = administrator[keyword];

        (settings.Database, settings.Username, settings.Password) = (ready.Database, role.Name, role.Password ?? "…");
        return settings.ConnectionString;
    }

    // The passwords are shown only once, and the console's own stream says nothing of a pipe that nobody reads any more.
    private static async Task PrintAsync(string text, CancellationToken ct)
    {
        using var handle = new SafeFileHandle(1, ownsHandle: false);
        await using var pipe = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        await using var output = pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }
}
