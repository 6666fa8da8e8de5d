using GameImages.Infrastructure;
using GameImages.Infrastructure.Database;

namespace GameImages.WebApi;

internal static class RoleCheck
{
    /// <returns>
    /// False, with its reason in the log, when a role of the service may do more than it needs. A database that is away is no reason: every
    /// connection is checked once more when it is opened.
    /// </returns>
    public static async Task<bool> HasLeastPrivilegeAsync(this WebApplication app)
    {
        try
        {
            await app.Services.CheckRolesAsync();
        }
        catch (TooPowerfulRoleException tooPowerful)
        {
            app.Logger.LogCritical("{Reason}", tooPowerful.Message);
            return false;
        }
        catch (Exception away) when (DatabaseFaults.IsUnavailable(away))
        {
            app.Logger.LogWarning("The database does not answer yet: {Reason}", away.Message);
        }

        return true;
    }
}
