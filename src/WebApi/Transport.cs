using GameImages.Infrastructure.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Net.Http.Headers;
using IPNetwork = System.Net.IPNetwork;

namespace GameImages.WebApi;

/// <summary>What stands between the socket and the routes: proxies that may speak for a client, HTTPS, and caches.</summary>
internal static class Transport
{
    // The features that a page may ask a browser for, by the names that browsers know. Pasting and choosing files needs none of them.
    private static readonly string NoFeatures = string.Join(", ", new[]
    {
        "accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media", "fullscreen", "gamepad",
        "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access",
        "sync-xhr", "usb", "window-management", "xr-spatial-tracking",
    }.Select(feature => $"{feature}=()"));

    // Answers under these paths depend on the caller.
    private static readonly string[] Private = ["/api", "/sign-in", "/sign-out"];

    extension(IServiceCollection services)
    {
        /// <exception cref="InvalidSettingException">A setting of Proxies or Transport is nonsense.</exception>
        public IServiceCollection AddTransport(IConfiguration configuration)
        {
            var settings = TransportSettings.Read(configuration);
            services.AddSingleton(settings);
            services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, settings.KnownProxies));
            services.AddHttpsRedirection(https => https.HttpsPort = settings.HttpsPort);
            services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
            return services;
        }
    }

    public static void UseTransport(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<TransportSettings>();

        if (settings.KnownProxies.Length > 0)
            app.UseForwardedHeaders();
        if (settings.Hsts)
            app.UseHsts();
    }

    public static void UseHttps(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TransportSettings>().HttpsRedirection)
            app.UseWhen(IsNoProbe, routes => routes.UseHttpsRedirection());
    }

    // A probe that takes a redirect for success would never see a service that is not ready.
    private static bool IsNoProbe(HttpContext context) => !context.Request.Path.StartsWithSegments("/health");

    /// <summary>Keeps errors out of caches, whoever makes them.</summary>
    public static Task KeepNoError(HttpContext context, RequestDelegate next)
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
    /// Sets the security headers. Browsers then do not frame an answer, guess its type or give it features that it does not need. Caches
    /// do not give one caller's answer to another. A route that needs another Content-Security-Policy or Cache-Control sets its own.
    /// </summary>
    public static Task Harden(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var (path, headers) = (context.Request.Path, context.Response.Headers);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = NoFeatures;

            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

            if (path.StartsWithSegments("/api"))
                headers.Append(HeaderNames.Vary, "Cookie, Authorization");

            if (headers.CacheControl.Count == 0 && Private.Any(prefix => path.StartsWithSegments(prefix)))
                headers.CacheControl = "no-store";

            return Task.CompletedTask;
        });
        return next(context);
    }

    // The middleware walks from the right, past known proxies, to the first hop that is none. Without any known one it would trust everybody.
    private static void Trust(ForwardedHeadersOptions forwarded, IPNetwork[] proxies)
    {
        forwarded.ForwardedHeaders =
            proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        // Loopback is known by default.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();

        foreach (var proxy in proxies)
            forwarded.KnownIPNetworks.Add(proxy);
    }
}
