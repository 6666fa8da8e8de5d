namespace GameImages.Testing.Discord.Tests.Limits;

public sealed class NoLimitTests : FakeDiscordTests
{
    [Test]
    public async Task Without_limits_responses_have_no_headers_about_limits()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync("""{"content":"x"}""")));
        Assert.Multiple(() =>
        {
            Assert.That(responses.Select(response => response.IsSuccessStatusCode), Is.All.True);
            Assert.That(responses.Select(response => response.Headers.Contains("X-RateLimit-Limit")), Is.All.False);
            Assert.That(Discord.Posts, Is.EqualTo(100));
            Assert.That(Discord.Messages.Select(message => message.Id).Distinct().Count(), Is.EqualTo(100));
        });
    }
}
