using System.Net;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Tests.Forms;

public sealed class AttachmentTests : FakeDiscordTests
{
    private const string Shown = """{"embeds":[{"image":{"url":"attachment://a.png"}}]}""";

    [Test]
    public async Task An_embed_can_show_a_file_of_its_message()
    {
        var body = await ReadAsync(await SendAsync(HttpMethod.Post, Messages, Shown, "a.png"));
        var file = body.GetProperty("attachments")[0];
        var image = body.GetProperty("embeds")[0].GetProperty("image");

        Assert.Multiple(() =>
        {
            Assert.That(
                file.GetProperty("url").GetString(),
                Does.StartWith($"https://cdn.discordapp.com/attachments/{Channel}/").And.Contain("/a.png?ex="));
            Assert.That(image.GetProperty("url").GetString(), Is.EqualTo(file.GetProperty("url").GetString()));
            Assert.That(image.GetProperty("width").GetInt32(), Is.EqualTo(2));
            Assert.That(image.GetProperty("height").GetInt32(), Is.EqualTo(2));
            Assert.That(Discord.Messages.Single().Current.Attachments.Single().Bytes.ToArray(), Is.EqualTo(Pictures.Png(1)));
        });
    }

    [TestCase(Shown, "b.png")]
    [TestCase(Shown, "A.PNG")]
    [TestCase("""{"embeds":[{"image":{"url":"attachment://a.svg"}}]}""", "a.svg")]
    [TestCase("""{"attachments":[{"id":1}]}""", "a.png")]
    [TestCase("""{"attachments":[{"id":"x"}]}""", "a.png")]
    [TestCase("""{"attachments":["a.png"]}""", "a.png")]
    public async Task A_reference_to_a_missing_file_or_to_a_file_that_is_not_an_image_is_refused(string json, string name) =>
        Assert.That(await CodeAsync(await SendAsync(HttpMethod.Post, Messages, json, name), HttpStatusCode.BadRequest), Is.EqualTo(50035));

    [Test]
    public async Task An_image_without_its_file_is_refused() =>
        Assert.That(await CodeAsync(await PostAsync(Shown), HttpStatusCode.BadRequest), Is.EqualTo(50035));

    [Test]
    public async Task A_listed_file_has_the_listed_name_and_an_unlisted_file_is_a_violation()
    {
        var body = await ReadAsync(
            await SendAsync(
                HttpMethod.Post,
                Messages,
                """{"attachments":[{"id":0,"filename":"b.png","description":"A board"}]}""",
                "a.png",
                "c.png"));
        var file = body.GetProperty("attachments").EnumerateArray().Single();

        Assert.Multiple(() =>
        {
            Assert.That(file.GetProperty("filename").GetString(), Is.EqualTo("b.png"));
            Assert.That(file.GetProperty("description").GetString(), Is.EqualTo("A board"));
        });
        Assert.That(Discord.Violations.Single().Message, Is.EqualTo("files[1] is not listed."));
    }

    [Test]
    public async Task An_edit_keeps_the_attachments_that_it_lists()
    {
        var message = await ReadAsync(await SendAsync(HttpMethod.Post, Messages, """{"content":"x"}""", "a.png", "b.png"));
        var kept = message.GetProperty("attachments")[1].GetProperty("id").GetString();

        await ReadAsync(await EditAsync(Id(message), """{"content":"y"}"""));
        Assert.That(Names(Discord.Messages.Single()), Is.EqualTo(new[] { "a.png", "b.png" }));

        await ReadAsync(
            await SendAsync(HttpMethod.Patch, $"{Messages}/{Id(message)}", $$"""{"attachments":[{"id":"{{kept}}"},{"id":0}]}""", "c.png"));
        Assert.That(Names(Discord.Messages.Single()), Is.EqualTo(new[] { "b.png", "c.png" }));

        await ReadAsync(await EditAsync(Id(message), """{"attachments":[]}"""));
        Assert.That(Names(Discord.Messages.Single()), Is.Empty);
        Assert.That(Discord.Violations, Is.Empty);
    }

    [Test]
    public async Task An_edit_with_files_but_without_a_list_is_a_violation()
    {
        var message = await ReadAsync(await SendAsync(HttpMethod.Post, Messages, "{}", "a.png"));
        await SendAsync(HttpMethod.Patch, $"{Messages}/{Id(message)}", "{}", "b.png");

        Assert.That(Names(Discord.Messages.Single()), Is.EqualTo(new[] { "a.png", "b.png" }));
        Assert.That(Discord.Violations.Single().Rule, Is.EqualTo("attachments"));
    }

    private static IEnumerable<string> Names(Message message) => message.Current.Attachments.Select(file => file.Filename);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string json, params string[] files)
    {
        var content = new MultipartFormDataContent { { new StringContent(json), "payload_json" } };
        foreach (var (number, name) in files.Index())
            content.Add(new ByteArrayContent(Pictures.Png(1)), $"files[{number}]", name);

        return Client.SendAsync(new(method, path) { Content = content });
    }
}
