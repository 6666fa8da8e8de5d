using System.CommandLine;
using GameImages.Infrastructure.Server;

namespace GameImages.Migrator.Server;

/// <summary>gameimages doctor: looks at the server and says what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Looks at the server, the roles and the settings, and says what to do. It changes nothing.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var checks = await database.Checkup.RunAsync(ct);
            long problems = checks.Count(check => check.Health == Health.Problem);
            long warnings = checks.Count(check => check.Health == Health.Warning);

            Output.Of(parsed).Write(new { problems, warnings, checks }, text =>
            {
                text.Table(["", "CHECK", "FOUND", "WHAT TO DO"], checks.Select(check => new[] { Word(check.Health), check.Check, check.Found, check.ToDo ?? "" }));
                text.Line();
                text.Line($"{problems.Count("problem")}, {warnings.Count("warning")}.");
            });
            return problems > 0 ? ExitCode.FoundProblems : ExitCode.Done;
        });
        return command;
    }

    private static string Word(Health health) => health switch
    {
        Health.Problem => "problem",
        Health.Warning => "warning",
        _ => "ok",
    };
}
