using System.Net;
using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Transport;

/// <summary>The settings below Proxies and Transport.</summary>
/// <param name="KnownProxies">The networks whose X-Forwarded-For and X-Forwarded-Proto headers the service trusts.</param>
/// <param name="HttpsPort">The port to which requests over HTTP are redirected.</param>
internal sealed record TransportSettings(IPNetwork[] KnownProxies, bool HttpsRedirection, int HttpsPort, bool Hsts)
{
    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static TransportSettings Read(IConfiguration configuration)
    {
        const string network = "a network such as 10.1.2.0/24, 10.1.2.3/32 or 2001:db8::/64, and not all addresses";
        configuration.GetSection("Proxies").AllowOnly("Known");
        var known = configuration.GetSection("Proxies:Known");
        known.AllowOnly(name => name.All(char.IsAsciiDigit), "numbers: 0, 1 and so on");
        var transport = configuration.GetSection("Transport");
        transport.AllowOnly("HttpsRedirection", "HttpsPort", "Hsts");

        return new(
            [.. known.GetChildren().Select(proxy => known.Read(proxy.Key, null, ParseNetwork, network))],
            transport.ReadSwitch("HttpsRedirection", fallback: false),
            transport.ReadNumber("HttpsPort", 443, 1, ushort.MaxValue, "a port from 1 to 65535"),
            transport.ReadSwitch("Hsts", fallback: false));
    }

    // Whether an IPv4 network that is written as IPv6 matches would depend on the socket.
    private static IPNetwork? ParseNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 && !network.BaseAddress.IsIPv4MappedToIPv6 ? network : null;
}
