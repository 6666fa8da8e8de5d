using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Testing;
using GameImages.Testing.Images;

namespace GameImages.WebApi.Tests.Games;

/// <summary>The entity tag of a game changes when variants are made. A client with the older tag may still write.</summary>
public sealed class GameTagTests : ServiceTests
{
    private static int pictures;

    private JsonElement game;
    private string path = "";
    private string before = "";

    [SetUp]
    public async Task Create_a_game()
    {
        using var response = await Member.PostAsync("/api/v1/games", Form(Pictures.Png(++pictures)));
        game = await JsonAsync(response, HttpStatusCode.Created);
        path = $"/api/v1/games/{Text(game, "id")}";
        before = $"{response.Headers.ETag}";
    }

    [Test]
    public async Task A_game_is_sent_again_after_variants_were_made_and_not_after_that()
    {
        Assert.That((await GetAsync(before)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        await StoreVariantsAsync();

        using var again = await GetAsync(before);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That($"{again.Headers.ETag}", Is.Not.EqualTo(before));
        Assert.That((await GetAsync($"{again.Headers.ETag}")).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task A_quarantine_changes_the_tag_too()
    {
        await Database.ExecuteAsync(
            "UPDATE game_images SET quarantined_at = now() WHERE id = @id", new { id = Guid.Parse(Text(game, "thumbnail_id")!) });
        Assert.That((await GetAsync(before)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_tag_from_before_the_variants_allows_one_change()
    {
        await StoreVariantsAsync();
        using var saved = await PatchAsync(before);
        await JsonAsync(saved);
        await ProblemAsync(await PatchAsync(before), HttpStatusCode.PreconditionFailed);
        await JsonAsync(await PatchAsync($"{saved.Headers.ETag}"));
    }

    // Earlier versions of the service sent such tags.
    [Test]
    public async Task A_tag_of_the_version_alone_allows_a_change_and_is_no_copy()
    {
        var version = $"\"{before.Trim('"').Split('.')[0]}\"";
        Assert.That((await GetAsync(version)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await JsonAsync(await PatchAsync(version));
    }

    [TestCase("\"{version}.\"")]
    [TestCase("\"{version}.short\"")]
    [TestCase("\"{version}.{images}.{images}\"")]
    [TestCase("\".{images}\"")]
    public async Task A_tag_with_another_second_part_is_another_version(string tag)
    {
        var parts = before.Trim('"').Split('.');
        var other = tag.Replace("{version}", parts[0], StringComparison.Ordinal).Replace("{images}", parts[1], StringComparison.Ordinal);
        await ProblemAsync(await PatchAsync(other), HttpStatusCode.PreconditionFailed);
    }

    [TestCase("W/{tag}")]
    [TestCase("\"{value}-gzip\"")]
    [TestCase("\"{value};br\"")]
    public async Task A_tag_that_a_proxy_has_changed_before_the_variants_were_made_still_works(string form)
    {
        var changed = form.Replace("{tag}", before, StringComparison.Ordinal)
            .Replace("{value}", before.Trim('"'), StringComparison.Ordinal);
        Assert.That((await GetAsync(changed)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));

        await StoreVariantsAsync();
        Assert.That((await GetAsync(changed)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await JsonAsync(await PatchAsync(changed));
        await ProblemAsync(await PatchAsync(changed), HttpStatusCode.PreconditionFailed);
    }

    [Test]
    public async Task An_alt_text_changes_the_version()
    {
        await JsonAsync(await Member.PatchAsJsonAsync(path, new { thumbnail_alt = "A desert" }));
        Assert.That((await GetAsync(before)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ProblemAsync(await PatchAsync(before), HttpStatusCode.PreconditionFailed);
    }

    private Task StoreVariantsAsync() => Database.StoreVariantsAsync(Text(game, "thumbnail_id")!, Variants.Of(160));

    private Task<HttpResponseMessage> GetAsync(string ifNoneMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return Member.SendAsync(request);
    }

    private Task<HttpResponseMessage> PatchAsync(string ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(new { title = $"{Guid.NewGuid()}" }) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return Member.SendAsync(request);
    }
}
