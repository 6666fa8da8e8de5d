using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GameImages.Testing.Discord.Tests.Http;

public sealed class BodyTests : FakeDiscordTests
{
    protected override FakeDiscordSettings Settings() => base.Settings() with { MaxRequestBytes = 10_000, MaxFileBytes = 2_000 };

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"content":"x"} x""")]
    [TestCase("""{"content":"\ud83c"}""")]
    [TestCase("""{"content":"\udfae\ud83c"}""")]
    [TestCase("""{"embeds":[{"fields":[{"name":"x","value":"a\ud800"}]}]}""")]
    [TestCase("""{"a\ud800":1}""")]
    public async Task Invalid_JSON_and_lone_surrogates_are_refused(string json) =>
        Assert.That(await CodeAsync(await PostAsync(json), HttpStatusCode.BadRequest), Is.EqualTo(50109));

    [Test]
    public async Task A_surrogate_pair_is_accepted() =>
        Assert.That(
            (await ReadAsync(await PostAsync("""{"content":"\ud83c\udfae"}"""))).GetProperty("content").GetString(),
            Is.EqualTo("\ud83c\udfae"));

    [Test]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        using var content = new ByteArrayContent([.. "{\"content\":\""u8, 0xFF, .. "\"}"u8])
        {
            Headers = { ContentType = new("application/json") },
        };
        Assert.That(await CodeAsync(await Client.PostAsync(Messages, content), HttpStatusCode.BadRequest), Is.EqualTo(50109));
    }

    [Test]
    public async Task Another_content_type_is_refused()
    {
        using var content = new StringContent("""{"content":"x"}""", Encoding.UTF8, "text/plain");
        var body = await ReadAsync(await Client.PostAsync(Messages, content), HttpStatusCode.BadRequest);
        Assert.That(
            body.GetProperty("errors").GetProperty("_errors")[0].GetProperty("code").GetString(),
            Is.EqualTo("CONTENT_TYPE_INVALID"));
    }

    [Test]
    public async Task A_body_or_a_file_that_is_too_large_gets_413()
    {
        Assert.That(
            await CodeAsync(await PostAsync($$"""{"content":"{{new string('x', 10_000)}}"}"""), HttpStatusCode.RequestEntityTooLarge),
            Is.EqualTo(40005));
        Assert.That(
            await CodeAsync(await Client.PostAsync(Messages, Parts(("files[0]", "a.png", 2_001))), HttpStatusCode.RequestEntityTooLarge),
            Is.EqualTo(40005));
        await ReadAsync(await Client.PostAsync(Messages, Parts(("files[0]", "a.png", 2_000))));
    }

    [Test]
    public async Task A_form_without_payload_json_is_accepted_and_unknown_parts_are_a_violation()
    {
        var body = await ReadAsync(await Client.PostAsync(Messages, Parts(("files[3]", "a.png", 3), ("file", "b.png", 3))));

        Assert.That(
            body.GetProperty("attachments").EnumerateArray().Select(file => file.GetProperty("filename").GetString()),
            Is.EqualTo(new[] { "a.png" }));
        Assert.That(
            Discord.Violations.Select(violation => (violation.Rule, violation.Message)),
            Is.EqualTo(new[] { ("form part", "file") }));
    }

    [Test]
    public async Task An_incomplete_form_is_refused()
    {
        using var content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{")
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") },
        };
        Assert.That((await Client.PostAsync(Messages, content)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static MultipartFormDataContent Parts(params (string Name, string FileName, int Length)[] files)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, fileName, length) in files)
            content.Add(new ByteArrayContent(new byte[length]), name, fileName);

        return content;
    }
}
