using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using Microsoft.AspNetCore.Connections;

namespace GameImages.Hosting;

/// <summary>Runs a program that stops with one sentence if it cannot start.</summary>
public static class ProgramStart
{
    /// <summary>
    /// Runs the program. If the operator can correct the reason why it did not start, such as an invalid setting, it prints the reason to
    /// standard error without a stack trace.
    /// </summary>
    /// <returns>The exit code: 1 if the program could not start.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (Exception failure) when (IsCorrectable(failure))
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static bool IsCorrectable(Exception failure) => failure
        is InvalidSettingException
        or EmbeddedServerException
        or SchemaVersionException
        or TooPowerfulRoleException
        or IOException { InnerException: AddressInUseException };
}
