using System.Globalization;
using System.Net;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Images;

/// <summary>
/// Requests of a signed-in member count as the member's own when the address has none left. Each test has an address of its own.
/// </summary>
public sealed class MemberRateLimitTests : ServiceTests
{
    private const int OfAddress = 3;
    private const int OfMember = 4 * OfAddress;

    private static int tests;

    private readonly FakeTime time = new();
    private readonly byte[] image = Pictures.Png(1);
    private Service limited = null!;
    private HttpClient proxy = null!;
    private string path = "";
    private string address = "";
    private string member = "";

    private static (string Key, string Value)[] Limits =>
        [("Proxies:Known:0", "127.0.0.0/8"), ("PublicImages:RateLimits:0:Permits", $"{OfAddress}")];

    [OneTimeSetUp]
    public async Task Create_a_game_and_start_a_service_with_limits()
    {
        path = $"/api/v1/public/images/{Text(await CreateAsync(image), "thumbnail_id")}";
        limited = new Service(Database, time, Limits);
        proxy = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = limited.ClientOptions.BaseAddress };
    }

    [OneTimeTearDown]
    public async Task Stop_the_service_with_limits()
    {
        proxy.Dispose();
        await limited.DisposeAsync();
    }

    [SetUp]
    public async Task Use_up_the_limit_of_an_address()
    {
        address = $"192.0.2.{++tests}";
        member = Token($"{1000 + tests}");
        for (var request = 0; request < OfAddress; request++)
            Assert.That((await SendAsync(null)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_member_may_send_four_times_as_many_requests_after_those_of_the_address()
    {
        for (var request = 1; request <= OfMember; request++)
        {
            using var response = await SendAsync(member);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Numbers(response), Is.EqualTo(new[] { OfMember, OfMember - request, 60 }));
        }

        using var rejected = await SendAsync(member);
        await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);
        Assert.That(Numbers(rejected), Is.EqualTo(new[] { OfMember, 0, 60 }));
        Assert.That($"{rejected.Headers.RetryAfter}", Is.EqualTo("60"));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(Numbers(await SendAsync(member)), Is.EqualTo(new[] { OfAddress, OfAddress - 1, 60 }));
    }

    [Test]
    public async Task The_response_to_a_member_is_the_one_to_everybody()
    {
        time.Advance(TimeSpan.FromMinutes(1));
        using var open = await SendAsync(null);
        await Use_up_the_limit_of_an_address();
        using var own = await SendAsync(member);

        Assert.That(await own.Content.ReadAsByteArrayAsync(), Is.EqualTo(image));
        Assert.That(Headers(own), Is.EqualTo(Headers(open)));
        Assert.That(own.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task Members_behind_one_address_do_not_share_a_limit()
    {
        for (var request = 0; request < OfMember; request++)
            await SendAsync(member);

        Assert.That(Numbers(await SendAsync(Token("another"))), Is.EqualTo(new[] { OfMember, OfMember - 1, 60 }));
        Assert.That((await SendAsync(member)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await SendAsync(null)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task A_member_has_one_limit_at_all_addresses()
    {
        var one = member;
        for (var request = 0; request < OfMember - 1; request++)
            await SendAsync(one);

        await Use_up_the_limit_of_an_address();
        Assert.That((await SendAsync(one)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await SendAsync(one)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [TestCase("HEAD", "", 200)]
    [TestCase("GET", "/160.webp", 302)]
    [TestCase("GET", "x", 404)]
    [TestCase("POST", "", 405)]
    public async Task A_member_gets_every_other_response_too(string method, string suffix, int status)
    {
        using var response = await SendAsync(member, method, path + suffix);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Numbers(response)[0], Is.EqualTo(method == "POST" ? OfAddress : OfMember));
    }

    [Test]
    public async Task Credentials_that_are_not_valid_leave_the_limit_of_the_address()
    {
        string[] invalid =
        [
            "nonsense", "",
            Service.Token([Guild], token => token.Expires = DateTime.UtcNow.AddHours(-1)),
            Service.Token([Guild], token => token.Issuer = "somebody"),
            Service.Token([Guild], key: Encoding.ASCII.GetBytes("another key, which has 32 bytes.")),
            Service.Token([Guild], token => token.Claims.Remove("sub")),
        ];
        foreach (var token in invalid)
        {
            using var response = await SendAsync(token);
            await ProblemAsync(response, HttpStatusCode.TooManyRequests);
            Assert.That(Numbers(response), Is.EqualTo(new[] { OfAddress, 0, 60 }), token);
        }

        using var cookie = await SendAsync(null, headers: ("Cookie", "__Host-session=CfDJ8nonsense; session=nonsense"));
        Assert.That(cookie.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var basic = await SendAsync(null, headers: ("Authorization", "Basic YTpi"));
        Assert.That(basic.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Credentials_cost_no_access_to_the_database()
    {
        var database = await TestDatabase.CreateAsync();
        await using var service = new Service(database, time, [.. Limits, ("PublicImages:MemberFactor", "1")]);
        using var client = service.CreateClient(Guild);
        for (var request = 0; request < 2 * OfAddress; request++)
            await client.GetAsync("/api/v1/public/images/nonsense");

        await database.DisposeAsync();
        Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "nonsense");
        Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        client.DefaultRequestHeaders.Authorization = null;
        client.DefaultRequestHeaders.Add("Cookie", "__Host-session=CfDJ8nonsense; session=nonsense");
        Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task A_factor_of_zero_gives_members_no_limit_of_their_own()
    {
        await using var service = new Service(Database, time, [.. Limits, ("PublicImages:MemberFactor", "0")]);
        using var client = service.CreateClient(Guild);
        for (var request = 0; request < OfAddress; request++)
            Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private static string Token(string user) => Service.Token([Guild], token => token.Claims["sub"] = user);

    private static int[] Numbers(HttpResponseMessage response) =>
    [
        .. new[] { "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset" }.Select(name =>
            int.Parse(response.Headers.GetValues(name).Single(), NumberStyles.None, CultureInfo.InvariantCulture)),
    ];

    // Omits the numbers, which differ.
    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        from header in response.Headers.Concat(response.Content.Headers)
        where header.Key != "Date"
        orderby header.Key
        select header.Key.StartsWith("X-RateLimit-", StringComparison.Ordinal)
            ? header.Key
            : $"{header.Key}: {string.Join(", ", header.Value)}";

    private async Task<HttpResponseMessage> SendAsync(
        string? token, string method = "GET", string? url = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url ?? path) { Headers = { { "X-Forwarded-For", address } } };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await proxy.SendAsync(request);
    }
}
