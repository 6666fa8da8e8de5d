using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

public sealed class BlockedImageTests : ServiceTests
{
    private readonly byte[] blocked = Pictures.Png(1);
    private string game = "";

    [OneTimeSetUp]
    public async Task Block_an_image()
    {
        game = $"/api/v1/games/{Text(await CreateAsync(Pictures.Png(2)), "id")}";
        await Database.ExecuteAsync(
            "INSERT INTO blocked_hashes (content_hash, reason) VALUES (@hash, 'A secret of the operators')",
            new { hash = Pictures.Content(1).Hash.ToDigest() });
    }

    [Test]
    public Task Creating_a_game_with_a_blocked_image_is_rejected() =>
        IsRefusedAsync(() => Member.PostAsync("/api/v1/games", Form(Pictures.Png(3), blocked)));

    [Test]
    public Task Changing_a_game_to_show_a_blocked_image_is_rejected() =>
        IsRefusedAsync(() =>
            Member.PatchAsync(
                game,
                new MultipartFormDataContent
                {
                    { new StringContent("Other"), "title" },
                    { new ByteArrayContent(blocked), "thumbnail", "x" },
                }));

    [TestCase("thumbnail")]
    [TestCase("banner")]
    public Task Setting_a_blocked_image_is_rejected(string slot) =>
        IsRefusedAsync(() => Member.PutAsync($"{game}/{slot}", new ByteArrayContent(blocked)));

    [Test]
    public Task A_blocked_image_with_other_metadata_is_rejected() =>
        IsRefusedAsync(() => Member.PutAsync($"{game}/banner", new ByteArrayContent([.. blocked, 1, 2, 3])));

    private async Task IsRefusedAsync(Func<Task<HttpResponseMessage>> upload)
    {
        var rows = await RowsAsync();
        var problem = await ProblemAsync(await upload(), HttpStatusCode.UnavailableForLegalReasons);

        Assert.That(problem.GetRawText(), Does.Contain("The image is refused.").And.Contain("blocked").And.Not.Contain("secret"));
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }
}
