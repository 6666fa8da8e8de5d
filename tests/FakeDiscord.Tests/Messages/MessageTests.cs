using System.Net;
using System.Text.Json;

namespace GameImages.Testing.Discord.Tests.Messages;

public sealed class MessageTests : FakeDiscordTests
{
    private static readonly Bot Other = new("other-token", 1100000000000000002, "other");

    protected override FakeDiscordSettings Settings() => base.Settings() with { Bots = [Bot.Default, Other] };

    [Test]
    public async Task The_response_to_a_post_contains_the_message_as_Discord_shows_it()
    {
        var body = await ReadAsync(
            await PostAsync("""{"content":" x ","embeds":[{"title":" y ","url":"https://example.org"}],"flags":4096}"""));

        Assert.Multiple(() =>
        {
            Assert.That(body.GetProperty("channel_id").GetString(), Is.EqualTo("1200000000000000001"));
            Assert.That(Id(body.GetProperty("author")), Is.EqualTo(Bot.Default.Id));
            Assert.That(body.GetProperty("content").GetString(), Is.EqualTo("x"));
            Assert.That(body.GetProperty("embeds")[0].GetProperty("title").GetString(), Is.EqualTo("y"));
            Assert.That(
                body.GetProperty("timestamp").GetDateTimeOffset(),
                Is.EqualTo(Discord.Messages.Single().Current.Time).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(body.GetProperty("edited_timestamp").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Discord.Violations, Is.Empty);
        });
    }

    [TestCase("{}")]
    [TestCase("""{"content":" \n "}""")]
    [TestCase("""{"content":null,"embeds":[]}""")]
    public async Task An_empty_message_is_refused(string json)
    {
        Assert.That(await CodeAsync(await PostAsync(json), HttpStatusCode.BadRequest), Is.EqualTo(50006));
        Assert.That(Discord.Posts, Is.Zero);
    }

    [Test]
    public async Task The_content_has_at_most_2000_code_units()
    {
        await MessageAsync($$"""{"content":"  {{new string('x', 2000)}}"}""");
        Assert.That(
            await CodeAsync(await PostAsync($$"""{"content":"{{new string('x', 2001)}}"}"""), HttpStatusCode.BadRequest),
            Is.EqualTo(50035));
    }

    [Test]
    public async Task An_edit_changes_only_the_fields_of_the_request()
    {
        var id = await MessageAsync("""{"content":"x","embeds":[{"title":"y"}]}""");

        var edited = await ReadAsync(await EditAsync(id, """{"content":"z"}"""));
        await EditAsync(id, """{"embeds":null}""");

        Assert.Multiple(() =>
        {
            Assert.That(edited.GetProperty("edited_timestamp").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(
                Discord.Find(id)!.Versions.Select(version => (version.Content, version.Embeds is [var embed] ? embed.Title : null)),
                Is.EqualTo(new[] { ("x", "y"), ("z", "y"), ("z", null) }));
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(Discord.Edits, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task An_edit_that_would_empty_the_message_is_refused()
    {
        var id = await MessageAsync();
        Assert.That(await CodeAsync(await EditAsync(id, """{"content":""}"""), HttpStatusCode.BadRequest), Is.EqualTo(50006));
        Assert.That(Discord.Find(id)!.Current.Content, Is.EqualTo("x"));
    }

    [Test]
    public async Task A_message_that_a_bot_deleted_does_not_exist()
    {
        var id = await MessageAsync();
        Assert.That((await DeleteAsync(id)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        await AssertUnknownAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Deletes, Is.EqualTo(1));
            Assert.That(Discord.Messages, Is.Empty);
            Assert.That(Discord.Find(id)!.IsDeletedByModerator, Is.False);
        });
    }

    [Test]
    public async Task A_message_that_a_moderator_deleted_does_not_exist()
    {
        var id = await MessageAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Discord.DeleteAsModerator(id), Is.True);
            Assert.That(Discord.DeleteAsModerator(id), Is.False);
            Assert.That(Discord.DeleteAsModerator(1), Is.False);
        });

        await AssertUnknownAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Deletes, Is.Zero);
            Assert.That(Discord.Find(id)!.IsDeletedByModerator, Is.True);
        });
    }

    [Test]
    public async Task A_message_exists_only_in_its_channel()
    {
        var id = await MessageAsync();
        Assert.That(
            await CodeAsync(await SendAsync(HttpMethod.Get, $"channels/1/messages/{id}"), HttpStatusCode.NotFound),
            Is.EqualTo(10008));
        Assert.That(Id(await ReadAsync(await SendAsync(HttpMethod.Get, $"{Messages}/{id}"))), Is.EqualTo(id));
        Assert.Multiple(() =>
        {
            Assert.That(Discord.MessagesOf(Channel), Has.Count.EqualTo(1));
            Assert.That(Discord.MessagesOf(1), Is.Empty);
        });
    }

    [Test]
    public async Task A_bot_cannot_change_or_delete_a_message_of_another_author()
    {
        var id = await MessageAsync();
        using var other = Connect(Other.Token);

        Assert.That(await CodeAsync(await EditAsync(id, """{"content":"y"}""", other), HttpStatusCode.Forbidden), Is.EqualTo(50005));
        Assert.That(await CodeAsync(await DeleteAsync(id, other), HttpStatusCode.Forbidden), Is.EqualTo(50013));
        Assert.That(Discord.Find(id)!.Versions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Simultaneous_edits_do_not_lose_changes()
    {
        var id = await MessageAsync("""{"content":"x","embeds":[{"title":"x"}]}""");
        var fields = JsonSerializer.Serialize(Enumerable.Repeat(new { name = "x", value = new string('x', 100) }, 25));
        string Edit(int number) => number % 2 == 0
            ? $$"""{"content":"{{number}}"}"""
            : $$"""{"embeds":[{"title":"{{number}}","fields":{{fields}}}]}""";

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => EditAsync(id, Edit(number))));

        var versions = Discord.Find(id)!.Versions;
        var changes = versions.Zip(versions.Skip(1), (before, after) =>
            (before.Content == after.Content) ^ (before.Embeds[0].Title == after.Embeds[0].Title));
        Assert.That(changes, Has.Exactly(400).Items.And.All.True);
    }

    private async Task AssertUnknownAsync(long id)
    {
        Assert.That(await CodeAsync(await SendAsync(HttpMethod.Get, $"{Messages}/{id}"), HttpStatusCode.NotFound), Is.EqualTo(10008));
        Assert.That(await CodeAsync(await EditAsync(id, """{"content":"y"}"""), HttpStatusCode.NotFound), Is.EqualTo(10008));
        Assert.That(await CodeAsync(await DeleteAsync(id), HttpStatusCode.NotFound), Is.EqualTo(10008));
    }
}
