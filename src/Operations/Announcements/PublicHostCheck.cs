using System.Net;
using System.Net.Sockets;

namespace GameImages.Operations.Announcements;

/// <summary>Whether an address can be reached from the whole internet, as far as the address itself tells.</summary>
internal static class PublicHostCheck
{
    private const string Name = "address";
    private const string ToDo = "Set PublicBaseUrl to an address that the whole internet resolves and reaches.";

    // IANA's registry of special-purpose addresses, and multicast.
    private static readonly (IPNetwork Network, string What)[] Special =
    [
        .. new[]
        {
            ("0.0.0.0/8", "no address"),
            ("10.0.0.0/8", "private"),
            ("100.64.0.0/10", "a carrier's own"),
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
            ("::/128", "no address"),
            ("::1/128", "loopback"),
            ("2001:db8::/32", "for documentation"),
            ("fc00::/7", "private"),
            ("fe80::/10", "link-local"),
            ("ff00::/8", "multicast"),
        }.Select(special => (IPNetwork.Parse(special.Item1), special.Item2)),
    ];

    private static readonly string[] PrivateNames = ["localhost", "local", "internal"];

    /// <returns>What kind of address it is; null for one that anybody may reach.</returns>
    public static string? WhyNotPublic(IPAddress address) => Special.FirstOrDefault(special => special.Network.Contains(address)).What;

    /// <param name="patience">How long resolving the name may take.</param>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(Uri url, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        var findings = new List<Finding>();
        if (url.Scheme != Uri.UriSchemeHttps)
            findings.Add(
                new(
                    Name,
                    Health.Warning,
                    $"{url.GetLeftPart(UriPartial.Authority)} is not https",
                    "Serve it over https, and set PublicBaseUrl to that."));

        var host = url.IdnHost;
        if (PrivateNames.Contains(host.Split('.')[^1], StringComparer.OrdinalIgnoreCase))
            findings.Add(new(Name, Health.Problem, $"{host} is a name of a private network", ToDo));

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, ct).WaitAsync(patience, time, ct);
            var closed = addresses
                .Where(address => WhyNotPublic(address) is not null)
                .Select(address => $"{address} ({WhyNotPublic(address)})")
                .ToList();
            findings.Add(
                closed.Count > 0
                    ? new(Name, Health.Problem, $"{host} is {string.Join(", ", closed)}, which Discord does not reach", ToDo)
                    : new(Name, Health.Ok, $"{host} is {string.Join(", ", addresses.Select(address => $"{address}"))}"));
        }
        catch (Exception unresolved) when (unresolved is SocketException or TimeoutException)
        {
            findings.Add(new(Name, Health.Problem, $"{host} cannot be resolved: {unresolved.Message}", ToDo));
        }

        return findings;
    }
}
