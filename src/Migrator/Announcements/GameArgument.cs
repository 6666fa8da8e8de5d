using System.CommandLine;
using System.CommandLine.Parsing;

namespace GameImages.Migrator.Announcements;

/// <summary>The id of a game as an argument.</summary>
internal static class GameArgument
{
    private const string Description = "The id of the game.";

    public static Argument<Guid> Create() => new("game") { Description = Description, HelpName = "GAME", CustomParser = Parse };

    /// <summary>For a command with other ways to name games. The value is null if the id is not given.</summary>
    public static Argument<Guid?> CreateOptional() => new("game")
    {
        Description = Description,
        HelpName = "GAME",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = parsed => parsed.Tokens.Count == 0 ? null : Parse(parsed),
    };

    private static Guid Parse(ArgumentResult parsed)
    {
        if (!Guid.TryParseExact(parsed.Tokens[0].Value, "D", out var id))
            parsed.AddError($"{parsed.Tokens[0].Value} is not the id of a game.");

        return id;
    }
}
