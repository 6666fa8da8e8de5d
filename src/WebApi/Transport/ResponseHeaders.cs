using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Transport;

/// <summary>Headers of many responses, for browsers and caches.</summary>
internal static class ResponseHeaders
{
    // The features that a page may ask a browser for, by the names that browsers use. Pasting and choosing files does not need any.
    private static readonly string NoFeatures = string.Join(", ", new[]
    {
        "accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media", "fullscreen", "gamepad",
        "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access",
        "sync-xhr", "usb", "window-management", "xr-spatial-tracking",
    }.Select(feature => $"{feature}=()"));

    // Responses under these paths depend on the caller.
    private static readonly string[] PrivatePaths = ["/api", "/sign-in", "/sign-out"];

    /// <summary>Forbids caches to store an error, whichever part of the service responds with it.</summary>
    public static Task DisableErrorCaching(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode >= 400)
                context.Response.Headers.CacheControl = "no-store";

            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>
    /// Adds the security headers. Browsers then do not frame a response, guess its type or give it features that it does not need. Caches
    /// do not give the response for one caller to another. A route that needs another Content-Security-Policy or Cache-Control sets its
    /// own.
    /// </summary>
    public static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var path = context.Request.Path;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = NoFeatures;

            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

            if (path.StartsWithSegments("/api"))
                headers.Append(HeaderNames.Vary, "Cookie, Authorization");

            if (headers.CacheControl.Count == 0 && PrivatePaths.Any(prefix => path.StartsWithSegments(prefix)))
                headers.CacheControl = "no-store";

            return Task.CompletedTask;
        });
        return next(context);
    }
}
