using System.Net;

namespace GameImages.Testing.Discord.Tests.Forms;

public sealed class MentionTests : FakeDiscordTests
{
    [TestCase("""{"content":"@everyone"}""")]
    [TestCase("""{"content":"see @here"}""")]
    [TestCase("""{"content":"<@1>"}""")]
    [TestCase("""{"content":"<@!1>"}""")]
    [TestCase("""{"content":"<@&1>"}""")]
    [TestCase("""{"embeds":[{"title":"x","fields":[{"name":"x","value":"@everyone"}]}]}""")]
    [TestCase("""{"content":"<@1>","allowed_mentions":null}""")]
    [TestCase("""{"content":"@everyone","allowed_mentions":{"parse":["everyone"]}}""")]
    [TestCase("""{"content":"<@1>","allowed_mentions":{"parse":["users"]}}""")]
    [TestCase("""{"content":"<@&1>","allowed_mentions":{"parse":["roles"]}}""")]
    [TestCase("""{"content":"<@1>","allowed_mentions":{"users":["1"]}}""")]
    [TestCase("""{"content":"<@&1>","allowed_mentions":{"roles":["1"]}}""")]
    public async Task A_mention_that_pings_is_a_violation(string json)
    {
        var message = await MessageAsync(json);
        await EditAsync(message, json);
        Assert.That(Discord.Violations.Select(violation => violation.Rule), Is.EqualTo(new[] { "pinged", "pinged" }));
    }

    [TestCase("""{"content":"me@example.org, <#1>, @everyon"}""")]
    [TestCase("""{"content":"@everyone <@1> <@&1>","allowed_mentions":{"parse":[]}}""")]
    [TestCase("""{"content":"@everyone <@1> <@&1>","allowed_mentions":{}}""")]
    [TestCase("""{"content":"@everyone <@1>","allowed_mentions":{"parse":["roles"],"users":["2"]}}""")]
    public async Task A_mention_that_does_not_ping_is_not_a_violation(string json)
    {
        await MessageAsync(json);
        Assert.That(Discord.Violations, Is.Empty);
    }

    [TestCase("""{"parse":["all"]}""")]
    [TestCase("""{"parse":["users"],"users":["1"]}""")]
    [TestCase("""{"users":["x"]}""")]
    [TestCase("""[]""")]
    public async Task Invalid_allowed_mentions_are_refused(string allowed) =>
        Assert.That(
            await CodeAsync(await PostAsync($$"""{"content":"x","allowed_mentions":{{allowed}}}"""), HttpStatusCode.BadRequest),
            Is.EqualTo(50035));
}
