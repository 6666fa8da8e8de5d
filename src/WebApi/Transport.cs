using GameImages.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Net.Http.Headers;
using IPNetwork = System.Net.IPNetwork;

namespace GameImages.WebApi;

/// <summary>What stands between the socket and the routes: proxies that may speak for a client, HTTPS, and caches.</summary>
internal static class Transport
{
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

    /// <summary>What keeps an answer from being shown in a frame or taken for another type, and one caller's from another.</summary>
    public static Task Harden(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";

            if (context.Request.Path.StartsWithSegments("/api"))
                headers.Append(HeaderNames.Vary, "Cookie, Authorization");

            return Task.CompletedTask;
        });
        return next(context);
    }

    // The middleware walks from the right, past known proxies, to the first hop that is none. Without any known one it would trust everybody.
    private static void Trust(ForwardedHeadersOptions forwarded, IPNetwork[] proxies)
    {
        forwarded.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        // Loopback is known by default.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();

        foreach (var proxy in proxies)
            forwarded.KnownIPNetworks.Add(proxy);
    }
}
