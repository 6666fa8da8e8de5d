using System.Net;
using System.Net.Sockets;

namespace GameImages.Operations.Announcements;

/// <summary>Checks whether an address looks reachable from the whole internet.</summary>
internal static class PublicHostCheck
{
    private const string Name = "address";
    private const string ToDo = "Set PublicBaseUrl to an address that the whole internet can resolve and reach.";

    // IANA's registry of special-purpose addresses, and multicast.
    private static readonly (IPNetwork Network, string Kind)[] Special =
    [
        .. new[]
        {
            ("0.0.0.0/8", "not an address"),
            ("10.0.0.0/8", "private"),
            ("100.64.0.0/10", "internal to a carrier"),
            ("127.0.0.0/8", "loopback"),
            ("169.254.0.0/16", "link-local"),
            ("172.16.0.0/12", "private"),
            ("192.0.0.0/24", "reserved"),
            ("192.0.2.0/24", "for documentation"),
            ("192.168.0.0/16", "private"),
            ("198.18.0.0/15", "for benchmarks"),
            ("198.51.100.0/24", "for documentation"),
            ("203.0.113.0/24", "for documentation"),
            ("224.0.0.0/4", "multicast"),
            ("240.0.0.0/4", "reserved"),
            ("::/128", "not an address"),
            ("::1/128", "loopback"),
            ("2001:db8::/32", "for documentation"),
            ("fc00::/7", "private"),
            ("fe80::/10", "link-local"),
            ("ff00::/8", "multicast"),
        }.Select(special => (IPNetwork.Parse(special.Item1), special.Item2)),
    ];

    private static readonly string[] PrivateNames = ["localhost", "local", "internal"];

    /// <returns>The kind of a special-purpose address; null for a public address.</returns>
    public static string? WhyNotPublic(IPAddress address) => Special.FirstOrDefault(special => special.Network.Contains(address)).Kind;

    /// <param name="timeout">The time in which the name has to be resolved.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Uri url, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        var findings = new List<Finding>();
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            var found = $"{url.GetLeftPart(UriPartial.Authority)} is not https";
            findings.Add(new(Name, Health.Warning, found, "Serve it over https, and set PublicBaseUrl to that address."));
        }

        var host = url.IdnHost;
        if (PrivateNames.Contains(host.Split('.')[^1], StringComparer.OrdinalIgnoreCase))
            findings.Add(new(Name, Health.Problem, $"{host} is a name of a private network", ToDo));

        try
        {
            findings.Add(Check(host, await Dns.GetHostAddressesAsync(host, ct).WaitAsync(timeout, time, ct)));
        }
        catch (Exception unresolved) when (unresolved is SocketException or TimeoutException)
        {
            findings.Add(new(Name, Health.Problem, $"{host} cannot be resolved: {unresolved.Message}", ToDo));
        }

        return findings;
    }

    private static Finding Check(string host, IPAddress[] addresses)
    {
        var unreachable = addresses
            .Where(address => WhyNotPublic(address) is not null)
            .Select(address => $"{address} ({WhyNotPublic(address)})")
            .ToList();
        return unreachable.Count > 0
            ? new(Name, Health.Problem, $"{host} is {string.Join(", ", unreachable)}, which Discord cannot reach", ToDo)
            : new(Name, Health.Ok, $"{host} is {string.Join(", ", addresses.Select(address => $"{address}"))}");
    }
}
