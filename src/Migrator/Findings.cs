using GameImages.Operations;

namespace GameImages.Migrator;

/// <summary>Prints the findings of doctor and discord-check.</summary>
internal static class Findings
{
    /// <returns>The exit code.</returns>
    public static int Print(IReadOnlyList<Finding> checks, Output output)
    {
        long problems = checks.Count(check => check.Health == Health.Problem);
        long warnings = checks.Count(check => check.Health == Health.Warning);

        output.Write(new { problems, warnings, checks }, text =>
        {
            text.Table(
                ["", "CHECK", "FOUND", "WHAT TO DO"],
                checks.Select(check => new[] { Word(check.Health), check.Check, check.Found, check.ToDo ?? "" }));
            text.Line();
            text.Line($"{problems.Count("problem")}, {warnings.Count("warning")}.");
        });
        return problems > 0 ? ExitCode.FoundProblems : ExitCode.Done;
    }

    private static string Word(Health health) => health switch
    {
        Health.Problem => "problem",
        Health.Warning => "warning",
        _ => "ok",
    };
}
