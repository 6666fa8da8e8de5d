using GameImages.WebApi.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Accepts, renews or rejects the session cookie of a request. It never redirects; the page asks the user to sign in again.
/// </summary>
internal sealed class SessionEvents(SessionRegistry sessions, TimeProvider time) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var session = ((SessionIdentity)context.Principal!.Identity!).Session;
        var current = await sessions.RenewAsync(session);

        if (current is null)
        {
            context.RejectPrincipal();
        }
        else if (current != session)
        {
            context.ReplacePrincipal(current.ToPrincipal());
            context.Properties.IssuedUtc = time.GetUtcNow();
            context.Properties.ExpiresUtc = context.Properties.IssuedUtc + SessionRegistry.Lifetime;
            context.ShouldRenew = true;
        }
    }

    // The framework calls this only for a request that its cookie authenticates.
    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        await context.HttpContext.SignOutAsync(SessionServices.SessionScheme);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await ProblemResponse.WriteAsync(context.HttpContext, new ProblemDetails
        {
            Status = StatusCodes.Status401Unauthorized,
            Detail = "The session has ended; sign in again.",
            Extensions = { ["code"] = "session_ended" },
        });
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
