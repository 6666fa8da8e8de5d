using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Reads the session of a request without renewing it, so that the response sets no cookie and does not wait for Discord. A shared cache
/// may then store the response.
/// </summary>
internal sealed class SessionReader(
    SessionCookies cookies, SessionRegistry sessions, IOptionsMonitor<CookieAuthenticationOptions> options, TimeProvider time)
{
    /// <returns>Null if the request has no session cookie that is valid.</returns>
    public Session? Find(HttpContext context)
    {
        var format = options.Get(SessionServices.SessionScheme).TicketDataFormat;
        return format.Unprotect(cookies.GetRequestCookie(context, SessionCookies.Name)) is { } ticket
            && ticket.Properties.ExpiresUtc > time.GetUtcNow()
            && ticket.Principal.Identity is SessionIdentity { Session: var session }
            && !sessions.HasEnded(session)
            ? session
            : null;
    }
}
