using System.CommandLine;
using GameImages.Operations;

namespace GameImages.Migrator;

/// <summary>Asks for confirmation before a command does something that cannot be undone.</summary>
internal static class Confirmation
{
    public static readonly Option<bool> Yes = new("--yes") { Description = "Does not ask for confirmation." };

    /// <param name="plan">Sentences about what the command would do, and to how much.</param>
    /// <exception cref="RefusedException">The answer was not yes, or there is no terminal and --yes was not given.</exception>
    public static void Ask(ParseResult parsed, string plan)
    {
        if (parsed.GetValue(Yes))
            return;

        Console.Error.WriteLine(Output.Printable(plan));

        if (Console.IsInputRedirected || Console.IsOutputRedirected)
            throw new RefusedException("Nothing was changed, because there is no terminal for the confirmation. Add --yes to confirm.");

        Console.Error.Write("Continue? [y/N] ");
        if (Console.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            throw new RefusedException("Nothing was changed.");
    }
}
