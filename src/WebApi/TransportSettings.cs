using System.Net;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi;

/// <param name="KnownProxies">The networks whose X-Forwarded-For and X-Forwarded-Proto count.</param>
/// <param name="HttpsPort">Where requests over HTTP are sent.</param>
internal sealed record TransportSettings(IPNetwork[] KnownProxies, bool HttpsRedirection, int HttpsPort, bool Hsts)
{
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
            transport.Read("HttpsRedirection", "false", ParseSwitch, "true or false"),
            transport.Read("HttpsPort", "443", ParsePort, "a port from 1 to 65535"),
            transport.Read("Hsts", "false", ParseSwitch, "true or false"));
    }

    // Whether an IPv4 network that is written as IPv6 matches would depend on the socket.
    private static IPNetwork? ParseNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 && !network.BaseAddress.IsIPv4MappedToIPv6 ? network : null;

    private static int? ParsePort(string text) => ushort.TryParse(text, out var port) && port > 0 ? port : null;

    private static bool? ParseSwitch(string text) => bool.TryParse(text, out var on) ? on : null;
}
