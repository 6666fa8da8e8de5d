using System.CommandLine;
using GameImages.Operations;

namespace GameImages.Migrator;

/// <summary>Asks before something is done that cannot be undone.</summary>
internal static class Confirmation
{
    public static readonly Option<bool> Yes = new("--yes") { Description = "Does not ask before it changes anything." };

    /// <param name="plan">What would be done, to how much; sentences.</param>
    /// <exception cref="RefusedException">The answer is not yes, or nobody is there to ask and --yes was not given.</exception>
    public static void Ask(ParseResult parsed, string plan)
    {
        if (parsed.GetValue(Yes))
            return;

        Console.Error.WriteLine(Output.Printable(plan));

        if (Console.IsInputRedirected || Console.IsOutputRedirected)
            throw new RefusedException("Nothing was changed: there is no terminal to ask on. Add --yes to do it.");

        Console.Error.Write("Go on? [y/N] ");
        if (Console.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            throw new RefusedException("Nothing was changed.");
    }
}
