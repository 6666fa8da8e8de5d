using System.Net;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Tests.Forms;

public sealed class AttachmentTests : FakeDiscordTests
{
    private const string Shown = """{"embeds":[{"image":{"url":"attachment://a.png"}}]}""";

    [Test]
    public async Task An_embed_shows_a_file_of_its_message()
    {
        var answer = await ReadAsync(await SendAsync(HttpMethod.Post, Messages, Shown, "a.png"));
        var file = answer.GetProperty("attachments")[0];
        var image = answer.GetProperty("embeds")[0].GetProperty("image");

        Assert.Multiple(() =>
        {
            Assert.That(
                file.GetProperty("url").GetString(),
                Does.StartWith($"https://cdn.discordapp.com/attachments/{Channel}/").And.Contain("/a.png?ex=")
            );
            Assert.That(image.GetProperty("url").GetString(), Is.EqualTo(file.GetProperty("url").GetString()));
            Assert.That((image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()), Is.EqualTo((2, 2)));
            Assert.That(Discord.Messages.Single().Current.Attachments.Single().Bytes.ToArray(), Is.EqualTo(Pictures.Png(1)));
        });
    }

    [TestCase(Shown, "b.png")]
    [TestCase(Shown, "A.PNG")]
    [TestCase("""{"embeds":[{"image":{"url":"attachment://a.svg"}}]}""", "a.svg")]
    [TestCase("""{"attachments":[{"id":1}]}""", "a.png")]
    [TestCase("""{"attachments":[{"id":"x"}]}""", "a.png")]
    [TestCase("""{"attachments":["a.png"]}""", "a.png")]
    public async Task A_file_that_is_not_there_or_no_image_is_refused(string json, string name) =>
        Assert.That(await CodeAsync(await SendAsync(HttpMethod.Post, Messages, json, name), HttpStatusCode.BadRequest), Is.EqualTo(50035));

    [Test]
    public async Task Without_a_file_its_image_is_refused() =>
        Assert.That(await CodeAsync(await PostAsync(Shown), HttpStatusCode.BadRequest), Is.EqualTo(50035));

    [Test]
    public async Task A_listed_file_has_the_name_of_the_list_and_one_that_is_not_listed_is_a_violation()
    {
        var answer = await ReadAsync(
            await SendAsync(
                HttpMethod.Post,
                Messages,
                """{"attachments":[{"id":0,"filename":"b.png","description":"A board"}]}""",
                "a.png",
                "c.png"));
        var file = answer.GetProperty("attachments").EnumerateArray().Single();

        Assert.That(
            (file.GetProperty("filename").GetString(), file.GetProperty("description").GetString()),
            Is.EqualTo(("b.png", "A board")));
        Assert.That(Discord.Violations.Single().Message, Is.EqualTo("files[1] is not listed."));
    }

    [Test]
    public async Task An_edit_keeps_what_it_lists()
    {
        var made = await ReadAsync(await SendAsync(HttpMethod.Post, Messages, """{"content":"x"}""", "a.png", "b.png"));
        var kept = made.GetProperty("attachments")[1].GetProperty("id").GetString();

        await ReadAsync(await EditAsync(Id(made), """{"content":"y"}"""));
        Assert.That(Names(Discord.Messages.Single()), Is.EqualTo(new[] { "a.png", "b.png" }));

        await ReadAsync(
            await SendAsync(HttpMethod.Patch, $"{Messages}/{Id(made)}", $$"""{"attachments":[{"id":"{{kept}}"},{"id":0}]}""", "c.png"));
        Assert.That(Names(Discord.Messages.Single()), Is.EqualTo(new[] { "b.png", "c.png" }));

        await ReadAsync(await EditAsync(Id(made), """{"attachments":[]}"""));
        Assert.That(Names(Discord.Messages.Single()), Is.Empty);
        Assert.That(Discord.Violations, Is.Empty);
    }

    [Test]
    public async Task An_edit_with_files_that_lists_nothing_is_a_violation()
    {
        var made = await ReadAsync(await SendAsync(HttpMethod.Post, Messages, "{}", "a.png"));
        await SendAsync(HttpMethod.Patch, $"{Messages}/{Id(made)}", "{}", "b.png");

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
