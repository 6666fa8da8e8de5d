using GameImages.WebApi.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Images;

/// <summary>
/// Finds the member who requests an image. The public route asks only when the address of the member has no requests left, because the
/// answer changes nothing else.
/// </summary>
internal sealed class ImageMembers(SessionReader sessions)
{
    /// <returns>The id of the user, which is the same for sessions and tokens. Null if the request has no valid credentials.</returns>
    public async Task<string?> FindAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0)
            return sessions.Find(context)?.UserId.ToString();

        var bearer = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        return bearer.Principal?.FindFirst(JwtRegisteredClaimNames.Sub)?.Value;
    }
}
