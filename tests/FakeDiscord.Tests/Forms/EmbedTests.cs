using System.Net;
using System.Text.Json;

namespace GameImages.Testing.Discord.Tests.Forms;

/// <summary>Tests each limit with a text of exactly the limit and with a longer one.</summary>
public sealed class EmbedTests : FakeDiscordTests
{
    private static readonly object[] Limits =
    [
        new object[] { 256, "title", (object text) => Embed(new { title = text }) },
        new object[] { 4096, "description", (object text) => Embed(new { description = text }) },
        new object[] { 2048, "footer/text", (object text) => Embed(new { footer = new { text } }) },
        new object[] { 256, "author/name", (object text) => Embed(new { author = new { name = text } }) },
        new object[] { 256, "fields/0/name", (object text) => Embed(new { fields = new[] { new { name = text, value = "x" } } }) },
        new object[] { 1024, "image/description", (object text) => Embed(new { image = Picture(text) }) },
        new object[] { 1024, "thumbnail/description", (object text) => Embed(new { thumbnail = Picture(text) }) },
        new object[] { 1024, "fields/0/value", (object text) => Embed(new { fields = new[] { new { name = "x", value = text } } }) },
    ];

    [TestCaseSource(nameof(Limits))]
    public async Task The_length_of_a_text_is_limited_in_UTF_16_code_units_after_trimming(
        int max, string field, Func<object, object> embed)
    {
        await ReadAsync(await SendAsync(embed($" {new string('x', max)}\n")));
        await ReadAsync(await SendAsync(embed(string.Concat(Enumerable.Repeat("\ud83c\udfae", max / 2)))));

        Assert.Multiple(async () =>
        {
            Assert.That(
                await ErrorsAsync(embed(new string('x', max + 1))),
                Is.EqualTo(new[] { ($"embeds/0/{field}", "BASE_TYPE_MAX_LENGTH", $"Must be {max} or fewer in length.") }));
            Assert.That(await ErrorsAsync(embed(string.Concat(Enumerable.Repeat("\ud83c\udfae", max / 2)) + "x")), Has.Length.EqualTo(1));
        });
    }

    [TestCase("""{"embeds":[{"title":5}]}""", "embeds/0/title", "STRING_TYPE_CONVERT")]
    [TestCase("""{"embeds":[{"fields":[{"name":" ","value":"x"}]}]}""", "embeds/0/fields/0/name", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":[{"fields":[{"name":"x"}]}]}""", "embeds/0/fields/0/value", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":[{"title":"x","footer":{}}]}""", "embeds/0/footer/text", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":[{"title":"x","author":{"name":""}}]}""", "embeds/0/author/name", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":[{"image":{}}]}""", "embeds/0/image/url", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":[{}]}""", "embeds/0/description", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":[null]}""", "embeds/0", "BASE_TYPE_REQUIRED")]
    [TestCase("""{"embeds":["x"]}""", "embeds/0", "MODEL_TYPE_CONVERT")]
    [TestCase("""{"embeds":{}}""", "embeds", "LIST_TYPE_CONVERT")]
    [TestCase("""{"embeds":[{"title":"x","color":-1}]}""", "embeds/0/color", "NUMBER_TYPE_MIN")]
    [TestCase("""{"embeds":[{"title":"x","color":16777216}]}""", "embeds/0/color", "NUMBER_TYPE_MAX")]
    [TestCase("""{"embeds":[{"title":"x","color":"red"}]}""", "embeds/0/color", "NUMBER_TYPE_COERCE")]
    [TestCase("""{"embeds":[{"title":"x","timestamp":"tomorrow"}]}""", "embeds/0/timestamp", "DATE_TIME_TYPE_PARSE")]
    [TestCase("""{"embeds":[{"fields":[{"name":"x","value":"x","inline":"yes"}]}]}""", "embeds/0/fields/0/inline", "BOOLEAN_TYPE_CONVERT")]
    [TestCase("""{"embeds":[{"title":"x","url":"example.org"}]}""", "embeds/0/url", "URL_TYPE_INVALID_URL")]
    [TestCase("""{"embeds":[{"title":"x","url":"attachment://a.png"}]}""", "embeds/0/url", "URL_TYPE_INVALID_SCHEME")]
    [TestCase("""{"embeds":[{"image":{"url":"ftp://example.org/a.png"}}]}""", "embeds/0/image/url", "URL_TYPE_INVALID_SCHEME")]
    [TestCase("""{"embeds":[{"thumbnail":{"url":"data:image/png,x"}}]}""", "embeds/0/thumbnail/url", "URL_TYPE_INVALID_SCHEME")]
    [TestCase("""{"embeds":[{"title":"x","footer":{"text":"x","icon_url":"x"}}]}""", "embeds/0/footer/icon_url", "URL_TYPE_INVALID_URL")]
    [TestCase(
        """{"embeds":[{"title":"x","author":{"name":"x","url":"javascript:x"}}]}""",
        "embeds/0/author/url",
        "URL_TYPE_INVALID_SCHEME")]
    public async Task The_refusal_of_an_invalid_embed_names_the_invalid_field(string json, string path, string code) =>
        Assert.That(
            (await ReadErrorsAsync(await PostAsync(json))).Select(error => (error.Path, error.Code)),
            Is.EqualTo(new[] { (path, code) }));

    [Test]
    public async Task The_error_is_nested_like_its_field()
    {
        var body = await ReadAsync(await SendAsync(Embed(new { title = new string('x', 257) })), HttpStatusCode.BadRequest);
        const string error = """{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in length."}""";
        Assert.That(
            body.GetRawText(),
            Is.EqualTo(
                """{"message":"Invalid Form Body","code":50035,"errors":{"embeds":{"0":{"title":{"_errors":[""" + error + "]}}}}}"));
    }

    [Test]
    public async Task All_texts_of_all_embeds_together_have_at_most_6000_code_units()
    {
        object Message(int footerLength)
        {
            object first = new { description = new string('x', 4096) };
            object second = new { title = "x", footer = new { text = new string('x', footerLength) } };
            return new { embeds = new[] { first, second } };
        }

        await ReadAsync(await SendAsync(Message(1903)));
        Assert.That(
            await ErrorsAsync(Message(1904)),
            Is.EqualTo(new[] { ("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000") }));
    }

    [Test]
    public async Task A_message_has_at_most_10_embeds_and_an_embed_at_most_25_fields()
    {
        object Embeds(int count) => new { embeds = Enumerable.Repeat(new { title = "x" }, count) };
        object Fields(int count) => Embed(new { fields = Enumerable.Repeat(new { name = "x", value = "x" }, count) });

        await ReadAsync(await SendAsync(Embeds(10)));
        await ReadAsync(await SendAsync(Fields(25)));

        Assert.Multiple(async () =>
        {
            Assert.That(
                await ErrorsAsync(Embeds(11)),
                Is.EqualTo(new[] { ("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.") }));
            Assert.That(
                await ErrorsAsync(Fields(26)),
                Is.EqualTo(new[] { ("embeds/0/fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.") }));
        });
    }

    [Test]
    public async Task A_field_that_bots_may_not_set_is_a_violation_and_is_ignored()
    {
        var body = await ReadAsync(await PostAsync(
            """
            {"tss":true,
             "embeds":[{
               "title":"x","type":"video","video":{},
               "image":{"url":"https://example.org/a.png","width":9},
               "fields":[{"name":"x","value":"x","id":1}]}]}
            """));
        var embed = body.GetProperty("embeds")[0];

        Assert.Multiple(() =>
        {
            Assert.That(
                Discord.Violations.Select(violation => violation.Message),
                Is.EquivalentTo(new[] { "embeds/0/type", "embeds/0/video", "embeds/0/image/width", "embeds/0/fields/0/id", "tss" }));
            Assert.That(Discord.Violations.Select(violation => violation.Rule), Is.All.EqualTo("unknown field"));
            Assert.That(embed.GetProperty("type").GetString(), Is.EqualTo("rich"));
            Assert.That(embed.GetProperty("image").GetProperty("width").GetInt32(), Is.Zero);
        });
    }

    [Test]
    public async Task Two_embeds_with_the_same_url_are_a_violation()
    {
        await PostAsync("""{"embeds":[{"title":"x","url":"https://example.org"},{"title":"y","url":"https://example.org"}]}""");
        Assert.That(Discord.Violations.Single().Rule, Is.EqualTo("embeds with one url"));
    }

    private static object Picture(object description) => new { url = "https://example.org/a.png", description };

    private static object Embed(object embed) => new { embeds = new[] { embed } };

    private Task<HttpResponseMessage> SendAsync(object message) => PostAsync(JsonSerializer.Serialize(message));

    private async Task<(string Path, string Code, string Message)[]> ErrorsAsync(object message) =>
        await ReadErrorsAsync(await SendAsync(message));

    private static async Task<(string Path, string Code, string Message)[]> ReadErrorsAsync(HttpResponseMessage response) =>
        [.. Walk("", (await ReadAsync(response, HttpStatusCode.BadRequest)).GetProperty("errors"))];

    private static IEnumerable<(string Path, string Code, string Message)> Walk(string path, JsonElement node) =>
        node.EnumerateObject().SelectMany(child => child.Name == "_errors"
            ? child.Value.EnumerateArray().Select(error =>
                (path.TrimStart('/'), error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!))
            : Walk($"{path}/{child.Name}", child.Value));
}
