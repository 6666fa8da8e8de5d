namespace GameImages.Testing.Discord.Tests.Limits;

public sealed class NoLimitTests : FakeDiscordTests
{
    [Test]
    public async Task Without_limits_no_answer_speaks_of_them()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync("""{"content":"x"}""")));
        Assert.That(
            responses.Select(response => (response.IsSuccessStatusCode, response.Headers.Contains("X-RateLimit-Limit"))),
            Is.All.EqualTo((true, false)));
        Assert.That((Discord.Posts, Discord.Messages.Select(message => message.Id).Distinct().Count()), Is.EqualTo((100, 100)));
    }
}
