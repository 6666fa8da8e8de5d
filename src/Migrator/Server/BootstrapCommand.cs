using System.CommandLine;
using System.Text;
using System.Text.Json;
using GameImages.Operations.Server;
using Microsoft.Win32.SafeHandles;

namespace GameImages.Migrator.Server;

/// <summary>gameimages bootstrap: creates the roles and the database, and prints the settings for them.</summary>
internal static class BootstrapCommand
{
    private const int LongestName = 63;

    private static readonly Option<string> Name = new("--database")
    {
        Description = "The database to create.",
        HelpName = "name",
        DefaultValueFactory = _ => "gameimages",
    };
    private static readonly Option<bool> NewPasswords = new("--new-passwords")
    {
        Description = "Gives existing roles new passwords as well.",
    };

    public static Command Create()
    {
        var command = new Command(
            "bootstrap",
            "Creates the roles and the database on a server, and prints the settings for them. Existing roles and databases stay.")
        {
            Name,
            NewPasswords,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var name = parsed.GetRequiredValue(Name);
        if (name == "" || Encoding.UTF8.GetByteCount(name) > LongestName)
            throw new UsageException($"The name of a database has 1 to {LongestName} bytes.");

        await using var database = await Database.OpenAsync(ct);
        var bootstrap = new Bootstrap(database.Administrator);
        var isJson = parsed.GetValue(Output.Json);
        await bootstrap.RunAsync(
            name,
            RoleSettings.ReadPasswords(),
            parsed.GetValue(NewPasswords),
            ready => PrintAsync(isJson ? Json(ready, bootstrap) : Text(ready, bootstrap), ct),
            ct);
        return ExitCode.Done;
    }

    private static string Json(ReadyServer ready, Bootstrap bootstrap) =>
        JsonSerializer.Serialize(
            new
            {
                ready.Database,
                ready.IsDatabaseNew,
                Roles = ready.Roles.Select(role => new { role.Name, role.Change }),
                Settings = ready.Roles.Where(role => role.Password is not null).ToDictionary(
                    role => RoleSettings.ConnectionStringOf(role.Name), role => bootstrap.ConnectionStringOf(ready, role)),
            },
            Output.JsonFormat) + "\n";

    // All lines except the settings are comments, so the output can be kept as a file of settings.
    private static string Text(ReadyServer ready, Bootstrap bootstrap)
    {
        var text = new StringBuilder($"# Database {ready.Database}: {(ready.IsDatabaseNew ? "created" : "unchanged")}.\n");

        foreach (var role in ready.Roles)
        {
            // A setting without a password is a comment: it must not replace one that has its password.
            var comment = role.Password is null ? "# " : "";
            var value = bootstrap.ConnectionStringOf(ready, role).Replace("'", @"'\''", StringComparison.Ordinal);
            text.Append($"# {role.Name}: {Word(role.Change)}.\n");
            text.Append($"{comment}{RoleSettings.ConnectionStringOf(role.Name)}='{value}'\n");
        }

        return text.Append("# Next: gameimages up\n").ToString();
    }

    private static string Word(RoleChange change) => change switch
    {
        RoleChange.Created => "created",
        RoleChange.PasswordSet => "given a new password",
        _ => "unchanged; replace … with its password",
    };

    // The passwords are shown only once, so writing them must fail if no program reads the pipe any more. The stream of the console would
    // ignore that.
    private static async Task PrintAsync(string text, CancellationToken ct)
    {
        using var handle = new SafeFileHandle(1, ownsHandle: false);
        await using var pipe = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        await using var output = pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }
}
