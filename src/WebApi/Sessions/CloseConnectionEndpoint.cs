using Microsoft.AspNetCore.Connections.Features;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Closes the connection of a request after the response, so that a page can post over a new connection. A browser repeats a POST by
/// itself if a reused connection is closed before the first byte of the response. The service would then store the game twice.
/// </summary>
internal static class CloseConnectionEndpoint
{
    public static Task CloseAfterResponse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.CacheControl = "no-store";

        // HTTP/1.1 announces the close with a header (Connection: close), HTTP/2 with a frame (GOAWAY).
        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        return Task.CompletedTask;
    }
}
