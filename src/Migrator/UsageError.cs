using System.CommandLine;
using System.CommandLine.Invocation;

namespace GameImages.Migrator;

/// <summary>Describes a command line that could not be parsed.</summary>
internal static class UsageError
{
    /// <returns>One line. It names the help of the command.</returns>
    public static string Message(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = Path(command);
        if (command.Subcommands.Count == 0)
        {
            // Some messages of the parser contain line breaks and tabs.
            var words = parsed.Errors.SelectMany(error => error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return $"{string.Join(' ', words)} See {path} --help.";
        }

        if (parsed.UnmatchedTokens is not [var unknown, ..])
            return $"{path} needs a command, such as {path} {command.Subcommands[0].Name}. See {path} --help.";

        var kind = unknown.StartsWith('-') ? "an option" : "a command";
        return $"\"{unknown}\" is not {kind} of {path}.{Suggestion(parsed)} See {path} --help.";
    }

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{Path(parent)} {command.Name}"
        : "gameimages";

    // The parser finds similar commands, but only prints them: a line for people, and then a line for each command.
    private static string Suggestion(ParseResult parsed)
    {
        if (parsed.Action is not ParseErrorAction action)
            return "";

        action.ShowHelp = false;
        action.ShowTypoCorrections = true;
        var output = new StringWriter();
        parsed.Invoke(new() { Output = output, Error = TextWriter.Null });
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? $" Did you mean {string.Join(" or ", lines[1..])}?" : "";
    }
}
