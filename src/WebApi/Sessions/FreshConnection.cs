using Microsoft.AspNetCore.Connections.Features;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Closes the connection of a request once it is answered, so that a page can post on one that no request has used before. Browsers send a POST again by
/// themselves when a connection that they reused is closed before the first byte of the answer, and the service stores it twice.
/// </summary>
internal static class FreshConnection
{
    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.CacheControl = "no-store";

        // Over HTTP/1.1 the answer says so (Connection: close), over HTTP/2 a frame of the connection (GOAWAY).
        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        return Task.CompletedTask;
    }
}
