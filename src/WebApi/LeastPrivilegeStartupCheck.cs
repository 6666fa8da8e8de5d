using GameImages.Hosting;
using GameImages.Infrastructure.Database;

namespace GameImages.WebApi;

/// <summary>Checks at the start that the database roles of the service have no more rights than it needs.</summary>
internal static class LeastPrivilegeStartupCheck
{
    /// <returns>
    /// False if a role has too many rights; the reason is logged. True if the database cannot be reached, because every connection is
    /// checked again when it is opened.
    /// </returns>
    public static async Task<bool> HasLeastPrivilegeAsync(this WebApplication app)
    {
        try
        {
            await app.CheckRolesAsync("The service");
        }
        catch (TooPowerfulRoleException tooPowerful)
        {
            app.Logger.LogCritical("The service does not start: {Reason}", tooPowerful.Message);
            return false;
        }

        return true;
    }
}
