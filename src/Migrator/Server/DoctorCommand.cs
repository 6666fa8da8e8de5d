using System.CommandLine;

namespace GameImages.Migrator.Server;

/// <summary>gameimages doctor: checks the set-up.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks the server, the roles and the settings, and says what to do. It changes nothing.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            return Findings.Print(await database.Doctor.RunAsync(ct), Output.Of(parsed));
        });
        return command;
    }
}
