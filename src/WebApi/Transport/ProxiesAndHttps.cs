using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using IPNetwork = System.Net.IPNetwork;

namespace GameImages.WebApi.Transport;

/// <summary>Connections, the proxies that may name the address of a client, and HTTPS.</summary>
internal static class ProxiesAndHttps
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTransport(TransportSettings settings)
        {
            services.AddSingleton(settings);
            services.AddOptions<KestrelServerOptions>().Configure<TimeProvider>(KestrelLimits.Set);
            services.Configure<SocketTransportOptions>(KestrelLimits.Set);
            services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, settings.KnownProxies));
            services.AddHttpsRedirection(https => https.HttpsPort = settings.HttpsPort);
            services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
            return services;
        }
    }

    public static void UseProxies(this WebApplication app, TransportSettings settings)
    {
        if (settings.KnownProxies.Length > 0)
            app.UseForwardedHeaders();
        if (settings.Hsts)
            app.UseHsts();
    }

    public static void UseHttps(this WebApplication app, TransportSettings settings)
    {
        if (settings.HttpsRedirection)
            app.UseWhen(IsNotHealthCheck, routes => routes.UseHttpsRedirection());
    }

    // Some health checks treat a redirect as success, and would not notice that the service is not ready.
    private static bool IsNotHealthCheck(HttpContext context) => !context.Request.Path.StartsWithSegments("/health");

    // The middleware reads the addresses from the right and stops at the first one that is not a known proxy. If no proxy is known, the
    // middleware would trust every address.
    private static void Trust(ForwardedHeadersOptions forwarded, IPNetwork[] proxies)
    {
        forwarded.ForwardedHeaders =
            proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        // The framework trusts loopback addresses by default.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();

        foreach (var proxy in proxies)
            forwarded.KnownIPNetworks.Add(proxy);
    }
}
