using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Transport;

/// <summary>Finds out which client a request counts for, by the remaining requests of the public route.</summary>
public sealed class ForwardedAddressTests
{
    private const string Path = "/api/v1/public/images/nonsense";

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Create_the_database() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task Drop_the_database() => await database.DisposeAsync();

    [TestCase]
    [TestCase("Proxies:Known:0", "10.0.0.0/8")]
    [TestCase("ForwardedHeaders_Enabled", "true")]
    public async Task A_thousand_forged_headers_of_an_unknown_client_do_not_raise_its_limit(params string[] setting)
    {
        await using var service = new Service(database, new FakeTime(), setting is [var key, var value] ? [(key, value)] : []);
        using var client = service.CreateClient([]);
        string[] names =
        [
            "X-Forwarded-For",
            "X-Real-IP",
            "Forwarded",
            "True-Client-IP",
            "CF-Connecting-IP",
            "X-Client-IP",
            "X-Original-For",
            "X-Cluster-Client-IP",
        ];
        var statuses = new List<HttpStatusCode>();

        for (var request = 0; request < 1_000; request++)
        {
            var address = $"203.0.{request / 250}.{request % 250}";
            var forged = names.Select(name => (name, name == "Forwarded" ? $"for={address}" : address));
            using var response = await SendAsync(client, [.. forged]);
            statuses.Add(response.StatusCode);
        }

        Assert.That(statuses.Take(60), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That(statuses.Skip(60), Is.All.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Behind_a_known_proxy_no_other_header_names_the_client()
    {
        await using var service = BehindProxies();
        using var client = service.CreateClient([]);

        foreach (
            var name in new[]
            {
                "X-Real-IP",
                "Forwarded",
                "True-Client-IP",
                "CF-Connecting-IP",
                "X-Client-IP",
                "X-Original-For",
                "X-Forwarded-Host",
                "X-Forwarded",
            })
        {
            var before = await RemainingAsync(client, ("X-Forwarded-For", "198.51.100.7"));
            Assert.That(
                await RemainingAsync(client, ("X-Forwarded-For", "198.51.100.7"), (name, "203.0.113.9")),
                Is.EqualTo(before - 1),
                name);
            Assert.That(
                await RemainingAsync(client, ("X-Forwarded-For", "198.51.100.7"), (name, "for=203.0.113.9")),
                Is.EqualTo(before - 2),
                name);
        }
    }

    [TestCase("198.51.100.7", "198.51.100.7")]
    [TestCase("203.0.113.9, 198.51.100.7", "198.51.100.7", Description = "The client's own entry is to the left of the proxy's entry.")]
    [TestCase("203.0.113.9,198.51.100.7", "198.51.100.7")]
    [TestCase("10.1.2.3, 198.51.100.7", "198.51.100.7", Description = "An address of a known proxy, written by the client.")]
    [TestCase("198.51.100.7, 10.1.2.3", "198.51.100.7", Description = "A known proxy is skipped.")]
    [TestCase("203.0.113.9, 198.51.100.7, 10.1.2.3, 10.9.9.9, 127.0.0.1", "198.51.100.7")]
    [TestCase("198.51.100.7:4711", "198.51.100.7")]
    [TestCase("::ffff:198.51.100.7", "198.51.100.7")]
    [TestCase("[::ffff:198.51.100.7]:443", "198.51.100.7")]
    [TestCase("198.51.100.7, ::ffff:10.1.2.3", "198.51.100.7", Description = "A known proxy, written as IPv6.")]
    [TestCase("2001:db8::1", "2001:db8::2", Description = "One /64.")]
    [TestCase("[2001:db8::1]:4711", "2001:db8:0:0:ffff:ffff:ffff:ffff")]
    [TestCase("[2001:db8::1]", "2001:db8::1")]
    [TestCase("198.51.100.7, 2001:db8:ffff::1", "198.51.100.7", Description = "A known proxy with an IPv6 address is skipped.")]
    [TestCase("nonsense, 198.51.100.7", "198.51.100.7")]
    [TestCase(
        "203.0.113.9, nonsense, 10.1.2.3", "10.1.2.3", Description = "An invalid entry ends the search at the proxy that passed it on.")]
    [TestCase("203.0.113.9, unknown", null, Description = "Here that proxy is the peer.")]
    [TestCase("203.0.113.9, _hidden", null)]
    [TestCase("203.0.113.9, 198.51.100.7; x", null)]
    [TestCase("203.0.113.9, 300.1.1.1", null)]
    [TestCase("203.0.113.9, <script>", null)]
    public async Task Behind_known_proxies_the_client_is_the_last_address_that_is_not_a_proxy(string forwarded, string? client)
    {
        await using var service = BehindProxies();
        using var proxy = service.CreateClient([]);

        // 60 requests, minus one if the other spelling is the same client.
        await RemainingAsync(proxy, client is null ? [] : [("X-Forwarded-For", client)]);
        Assert.That(await RemainingAsync(proxy, ("X-Forwarded-For", forwarded)), Is.EqualTo(58));
    }

    [Test]
    public async Task Lines_of_one_header_are_one_list()
    {
        await using var service = BehindProxies();
        using var proxy = service.CreateClient([]);

        await RemainingAsync(proxy, ("X-Forwarded-For", "198.51.100.7"));
        Assert.That(
            await RemainingAsync(
                proxy,
                ("X-Forwarded-For", "203.0.113.9"),
                ("X-Forwarded-For", "198.51.100.7"),
                ("X-Forwarded-For", "10.1.2.3")),
            Is.EqualTo(58));
    }

    [Test]
    public async Task Clients_behind_one_proxy_have_separate_limits()
    {
        await using var service = BehindProxies();
        using var proxy = service.CreateClient([]);

        for (var client = 0; client < 100; client++)
            Assert.That(await RemainingAsync(proxy, ("X-Forwarded-For", $"198.51.100.{client}")), Is.EqualTo(59));
    }

    private Service BehindProxies() =>
        new(
            database,
            new FakeTime(),
            ("Proxies:Known:0", "127.0.0.0/8"),
            ("Proxies:Known:1", "10.0.0.0/8"),
            ("Proxies:Known:2", "2001:db8:ffff::/48"),
            ("Proxies:Known:3", "::1/128"));

    private static async Task<int> RemainingAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(client, headers);
        return int.Parse(response.Headers.GetValues("X-RateLimit-Remaining").Single());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await client.SendAsync(request);
    }
}
