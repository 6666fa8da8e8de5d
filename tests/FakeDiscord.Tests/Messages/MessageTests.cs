using System.Net;
using System.Text.Json;

namespace GameImages.Testing.Discord.Tests.Messages;

public sealed class MessageTests : FakeDiscordTests
{
    private static readonly Bot Other = new("other-token", 1100000000000000002, "other");

    protected override FakeDiscordSettings Settings() => base.Settings() with { Bots = [Bot.Default, Other] };

    [Test]
    public async Task A_message_is_answered_as_Discord_shows_it()
    {
        var answer = await ReadAsync(
            await PostAsync("""{"content":" x ","embeds":[{"title":" y ","url":"https://example.org"}],"flags":4096}""")
        );

        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("channel_id").GetString(), Is.EqualTo("1200000000000000001"));
            Assert.That(Id(answer.GetProperty("author")), Is.EqualTo(Bot.Default.Id));
            Assert.That(answer.GetProperty("content").GetString(), Is.EqualTo("x"));
            Assert.That(answer.GetProperty("embeds")[0].GetProperty("title").GetString(), Is.EqualTo("y"));
            Assert.That(
                answer.GetProperty("timestamp").GetDateTimeOffset(),
                Is.EqualTo(Discord.Messages.Single().Current.Time).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(answer.GetProperty("edited_timestamp").ValueKind, Is.EqualTo(JsonValueKind.Null));
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
    public async Task The_content_has_2000_code_units()
    {
        await MessageAsync($$"""{"content":"  {{new string('x', 2000)}}"}""");
        Assert.That(
            await CodeAsync(await PostAsync($$"""{"content":"{{new string('x', 2001)}}"}"""), HttpStatusCode.BadRequest),
            Is.EqualTo(50035));
    }

    [Test]
    public async Task An_edit_changes_only_what_is_given()
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
            Assert.That((Discord.Posts, Discord.Edits), Is.EqualTo((1, 2)));
        });
    }

    [Test]
    public async Task An_edit_leaves_no_empty_message()
    {
        var id = await MessageAsync();
        Assert.That(await CodeAsync(await EditAsync(id, """{"content":""}"""), HttpStatusCode.BadRequest), Is.EqualTo(50006));
        Assert.That(Discord.Find(id)!.Current.Content, Is.EqualTo("x"));
    }

    [Test]
    public async Task A_deleted_message_is_unknown()
    {
        var id = await MessageAsync();
        Assert.That((await DeleteAsync(id)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        await AssertUnknownAsync(id);
        Assert.That((Discord.Deletes, Discord.Messages.Count, Discord.Find(id)!.IsDeletedByModerator), Is.EqualTo((1, 0, false)));
    }

    [Test]
    public async Task A_message_that_a_moderator_deleted_is_unknown()
    {
        var id = await MessageAsync();
        Assert.That(
            (Discord.DeleteAsModerator(id), Discord.DeleteAsModerator(id), Discord.DeleteAsModerator(1)),
            Is.EqualTo((true, false, false)));

        await AssertUnknownAsync(id);
        Assert.That((Discord.Deletes, Discord.Find(id)!.IsDeletedByModerator), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task A_message_belongs_to_its_channel()
    {
        var id = await MessageAsync();
        Assert.That(
            await CodeAsync(await SendAsync(HttpMethod.Get, $"channels/1/messages/{id}"), HttpStatusCode.NotFound),
            Is.EqualTo(10008));
        Assert.That(Id(await ReadAsync(await SendAsync(HttpMethod.Get, $"{Messages}/{id}"))), Is.EqualTo(id));
        Assert.That((Discord.MessagesOf(Channel).Count, Discord.MessagesOf(1).Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_message_of_another_author_stays_as_it_is()
    {
        var id = await MessageAsync();
        using var other = Connect(Other.Token);

        Assert.That(await CodeAsync(await EditAsync(id, """{"content":"y"}""", other), HttpStatusCode.Forbidden), Is.EqualTo(50005));
        Assert.That(await CodeAsync(await DeleteAsync(id, other), HttpStatusCode.Forbidden), Is.EqualTo(50013));
        Assert.That(Discord.Find(id)!.Versions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Edits_at_once_lose_nothing_of_each_other()
    {
        var id = await MessageAsync("""{"content":"x","embeds":[{"title":"x"}]}""");
        var fields = JsonSerializer.Serialize(Enumerable.Repeat(new { name = "x", value = new string('x', 100) }, 25));
        await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(edit =>
                    EditAsync(
                        id,
                        edit % 2 == 0 ? $$"""{"content":"{{edit}}"}""" : $$"""{"embeds":[{"title":"{{edit}}","fields":{{fields}}}]}""")));

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
