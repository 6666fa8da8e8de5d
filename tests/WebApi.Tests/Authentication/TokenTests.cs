using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Authentication;

/// <summary>These tokens are signed with the right key. Even if the owner of the key is careless, no token may cause a 500.</summary>
public sealed class TokenTests : ServiceTests
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";
    private const string Start = """{"iss":"tests","aud":"tests","sub":"7","guild_ids":["42"]""";
    private const string In2100 = "4102444800";

    private static readonly string Claims = With($"\"exp\":{In2100}");

    [Test]
    public Task A_token_as_the_standards_describe_it_is_accepted() => AssertAsync(HttpStatusCode.OK,
    [
        ("compact", Sign(Header, Claims)),
        ("spaces around the JSON", Sign($" {Header} ", $" {Claims}\r\n")),
        ("one guild as a string", Sign(Header, Claims.Replace("[\"42\"]", "\"42\"", StringComparison.Ordinal))),
        ("dates with fractions", Sign(Header, With($"\"exp\":{In2100}.75,\"nbf\":1.5,\"iat\":1e3"))),
        ("unknown claims", Sign(Header, With($"\"exp\":{In2100},\"😀\":[[{{}}]]"))),
        ("unknown header parameters", Sign("""{"alg":"HS256","a":{"crit":["b"]}}""", Claims)),
    ]);

    [Test]
    public Task A_malformed_or_critical_header_is_rejected() => RefusedAsync(
    [
        .. from header in MalformedJson(Header) select (header, Sign(header, Claims)),
        .. from parameters in new[]
           {
               "\"a\":1", "\"alg\":\"none\"", "\"alg\":1", "\"alg\":\"none\",\"alg\":\"HS256\"",
               "\"alg\":\"HS256\",\"typ\":1", "\"alg\":\"HS256\",\"kid\":{}",
           }
           select (parameters, Sign($"{{{parameters}}}", Claims)),
        .. from crit in new[]
           {
               """["b64"],"b64":true""", """["b64"],"b64":false""", """["x"],"x":1""", """["x"]""", """["alg"]""",
               "[]", "null", "\"b64\"", "[1]", "{}",
           }
           from name in new[] { "crit", "cr\\u0069t" }
           select ($"{name}: {crit}", Sign($"{{\"alg\":\"HS256\",\"{name}\":{crit}}}", Claims)),
        ("not UTF-8", Sign([.. Utf8(Header[..^1]), .. ",\"a\":\""u8, 0xff, .. "\"}"u8], Utf8(Claims))),
    ]);

    [Test]
    public Task A_malformed_payload_is_rejected() => RefusedAsync(
    [
        .. from payload in MalformedJson(Claims) select (payload, Sign(Header, payload)),
        .. from claims in new[]
           {
               "\"sub\":\"8\"", "\"s\\u0075b\":\"8\"", "\"exp\":1", "\"a\":1,\"a\":1",
               $"\"a\":{new string('[', 1000)}{new string(']', 1000)}",
               $"\"a\":{string.Concat(Enumerable.Repeat("{\"a\":", 500))}1{new string('}', 500)}",
           }
           select (claims, Sign(Header, With($"\"exp\":{In2100},{claims}"))),
        .. from change in new[]
           {
               ("\"7\"", "\"\\ud800\""), ("\"7\"", "7"), ("\"7\"", "{}"), ("\"42\"", "\"\\ud800\""),
               ("\"iss\":\"tests\"", "\"iss\":1"), ("\"aud\":\"tests\"", "\"aud\":[{}]"),
           }
           select ($"{change}", Sign(Header, Claims.Replace(change.Item1, change.Item2, StringComparison.Ordinal))),
        ("not UTF-8", Sign(Utf8(Header), [.. Utf8(Claims[..^1]), .. ",\"a\":\""u8, 0xff, .. "\"}"u8])),
        ("not UTF-8 in a name", Sign(Utf8(Header), [.. Utf8(Claims[..^1]), .. ",\"a"u8, 0xff, .. "\":1}"u8])),
        ("UTF-16", Sign(Utf8(Header), Encoding.Unicode.GetBytes(Claims))),
    ]);

    // These include years after 9999 and before 1970, and numbers that fit neither a long nor a double.
    [Test]
    public Task A_date_that_is_not_a_number_of_seconds_is_rejected() => RefusedAsync(
    [
        .. from value in new[]
           {
               $"\"{In2100}\"", "\"1\"", "null", "true", $"[{In2100}]", "{}",
               "-1", "1e300", "-1e300", "1e999", "9223372036854775807", "9223372036854775808", "253402300800", new('9', 500),
           }
           from dates in new[] { $"\"exp\":{value}", $"\"exp\":{In2100},\"nbf\":{value}", $"\"exp\":{In2100},\"iat\":{value}" }
           select (dates, Sign(Header, With(dates))),
        ("no exp", Sign(Header, With("\"nbf\":1"))),
        ("exp in 1970", Sign(Header, With("\"exp\":0"))),
        ("nbf in 2100", Sign(Header, With($"\"exp\":{In2100},\"nbf\":{In2100}"))),
        ("nbf after exp", Sign(Header, With($"\"exp\":{In2100},\"nbf\":253402300799"))),
    ]);

    [Test]
    public Task A_token_that_is_not_three_parts_of_base64url_is_rejected()
    {
        var header = Base64Url.EncodeToString(Utf8(Header));
        var payload = Base64Url.EncodeToString(Utf8(Claims));
        var token = Sign(Header, Claims);
        string[] signed =
        [
            $"{header}=.{payload}=", $"{header}.{payload}+", $"{header}.{payload}!", $"{header}.a", $"{header}. {payload}",
            $".{payload}", $"{header}.", ".",
        ];
        string[] others =
        [
            "", header, "..", "....", $"{header}.{payload}", $"{header}.{payload}.",
            $"{token}.a", $"{token}.a.b", $"{token}.a.b.c", $"{token}=", $"{token} {token}", $"{token}, Bearer x",
        ];

        return RefusedAsync([.. signed.Select(text => (text, Sign(text))), .. others.Select(text => (text, text))]);
    }

    [Test]
    public async Task None_of_a_thousand_tokens_with_changed_bytes_causes_a_500()
    {
        using var client = Service.CreateClient([]);
        var random = new Random(1);

        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var header = Utf8(Header);
            var payload = Utf8(Claims);
            var changed = attempt % 5 == 0 ? header : payload;
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);

            var status = await SendAsync(client, Sign(header, payload));
            var bytes = $"{Convert.ToHexString(header)} {Convert.ToHexString(payload)}";
            Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized).Or.EqualTo(HttpStatusCode.OK), bytes);
        }
    }

    private static string[] MalformedJson(string json) =>
    [
        "", " ", "null", "1", "\"x\"", "{}", $"[{json}]", json[..^1], json + "x", json + json, json + "\0", "/**/" + json, "\ufeff" + json,
        json[..^1] + ",}", json[..^1] + ",\"\\ud800\":1}",
    ];

    private static string With(string claims) => $"{Start},{claims}}}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Sign(string header, string payload) => Sign(Utf8(header), Utf8(payload));

    private static string Sign(byte[] header, byte[] payload) =>
        Sign($"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}");

    private static string Sign(string signed) =>
        $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Service.Key, Utf8(signed)))}";

    private Task RefusedAsync(IEnumerable<(string Name, string Token)> tokens) => AssertAsync(HttpStatusCode.Unauthorized, tokens);

    private async Task AssertAsync(HttpStatusCode expected, IEnumerable<(string Name, string Token)> tokens)
    {
        using var client = Service.CreateClient([]);
        var wrong = new List<string>();

        foreach (var (name, token) in tokens)
        {
            if (await SendAsync(client, token) is var status && status != expected)
                wrong.Add($"{status}: {name}");
        }

        Assert.That(wrong, Is.Empty);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/games");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
