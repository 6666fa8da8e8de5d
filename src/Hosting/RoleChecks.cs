using GameImages.Infrastructure;
using GameImages.Infrastructure.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace GameImages.Hosting;

/// <summary>Checks at the start that the database roles of a program have no more rights than it needs.</summary>
public static class RoleChecks
{
    /// <summary>
    /// Connects once as each role. It only warns if the database cannot be reached, because every connection is checked again when it is
    /// opened.
    /// </summary>
    /// <param name="program">The program as the subject of a sentence, such as "The bot".</param>
    /// <exception cref="TooPowerfulRoleException">A role has too many rights.</exception>
    public static async Task CheckRolesAsync(this WebApplication app, string program)
    {
        try
        {
            await app.Services.CheckRolesAsync();
        }
        catch (Exception unavailable) when (DatabaseFaults.IsUnavailable(unavailable))
        {
            app.Logger.LogWarning(
                "Could not check the database roles, because the database is unavailable ({Reason}). "
                + "{Program} starts, and checks the role of each connection that it opens.",
                unavailable.Message, program);
        }
    }
}
