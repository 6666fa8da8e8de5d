using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>Texts for people who do not see the images of a game.</summary>
public sealed class AltTextTests : ServiceTests
{
    private const string Games = "/api/v1/games";

    private static readonly string Longest = string.Concat(Enumerable.Repeat("🎲", 1000));

    [Test]
    public async Task A_game_is_created_with_alt_texts_from_JSON_and_from_a_form()
    {
        using var form = Form(Pictures.Png(1), Pictures.Png(2));
        form.Add(new StringContent("A desert"), "thumbnail_alt");
        form.Add(new StringContent(Longest), "banner_alt");
        var game = await JsonAsync(await Member.PostAsync(Games, form), HttpStatusCode.Created);
        ExpectTexts(game, "A desert", Longest);
        Assert.That(Text(game.GetProperty("thumbnail"), "alt"), Is.EqualTo("A desert"));
        Assert.That(Text(game.GetProperty("banner"), "alt"), Is.EqualTo(Longest));

        var body = Body();
        body["thumbnail_id"] = Text(game, "thumbnail_id");
        body["thumbnail_alt"] = Longest;
        var other = await JsonAsync(await Member.PostAsJsonAsync(Games, body), HttpStatusCode.Created);
        ExpectTexts(other, Longest, null);
        Assert.That(Text(other.GetProperty("thumbnail"), "alt"), Is.EqualTo(Longest));
        Assert.That(Text(await JsonAsync(await Member.GetAsync($"{Games}/{Text(other, "id")}")), "thumbnail_alt"), Is.EqualTo(Longest));
    }

    [TestCase("thumbnail_alt")]
    [TestCase("banner_alt")]
    public async Task An_alt_text_has_1000_code_points_at_most_and_no_NUL(string field)
    {
        var path = await PathAsync();
        foreach (var text in new[] { Longest + "x", new string('x', 1001), "a\0b" })
        {
            var body = Body();
            body[field] = text;
            await ProblemAsync(await Member.PostAsJsonAsync(Games, body), HttpStatusCode.BadRequest, field);
            await ProblemAsync(
                await Member.PatchAsJsonAsync(path, new Dictionary<string, string> { [field] = text }), HttpStatusCode.BadRequest, field);
            using var form = new MultipartFormDataContent { { new StringContent(text), field } };
            await ProblemAsync(await Member.PatchAsync(path, form), HttpStatusCode.BadRequest, field);
        }
    }

    [TestCase("   ")]
    [TestCase("\u200B\u00A0")]
    public async Task A_text_that_shows_nothing_is_no_text(string text)
    {
        var body = Body();
        body["thumbnail_alt"] = text;
        ExpectTexts(await JsonAsync(await Member.PostAsJsonAsync(Games, body), HttpStatusCode.Created), null, null);

        var path = await PathAsync();
        await PatchAsync(path, new { banner_alt = "A worm" });
        ExpectTexts(await PatchAsync(path, new { banner_alt = text }), null, null);
    }

    [Test]
    public async Task A_change_sets_and_clears_the_texts_that_it_names_and_keeps_the_others()
    {
        var path = await PathAsync();
        ExpectTexts(await PatchAsync(path, new { thumbnail_alt = "A desert" }), "A desert", null);
        ExpectTexts(await PatchAsync(path, new { banner_alt = "A worm" }), "A desert", "A worm");
        ExpectTexts(await PatchAsync(path, new { title = "Root", status = "in_progress" }), "A desert", "A worm");
        ExpectTexts(await PatchAsync(path, new { thumbnail_alt = (string?)null }), null, "A worm");

        using var form = new MultipartFormDataContent { { new StringContent("Sand"), "thumbnail_alt" } };
        ExpectTexts(await JsonAsync(await Member.PatchAsync(path, form)), "Sand", "A worm");
    }

    [TestCase("PATCH file")]
    [TestCase("PATCH id")]
    [TestCase("PATCH null")]
    [TestCase("PATCH remove")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task The_text_is_deleted_when_its_image_is_replaced_or_removed(string change)
    {
        var other = Text(await CreateAsync(Pictures.Png(5)), "thumbnail_id");
        var path = await PathAsync();
        await PatchAsync(path, new { thumbnail_alt = "A desert", banner_alt = "A worm" });

        using var response = await (change switch
        {
            "PATCH file" => Member.PatchAsync(path, Thumbnail(Pictures.Png(5))),
            "PATCH id" => Member.PatchAsJsonAsync(path, new { thumbnail_id = other }),
            "PATCH null" => Member.PatchAsJsonAsync(path, new { thumbnail_id = (string?)null }),
            "PATCH remove" => Member.PatchAsJsonAsync(path, new { remove_thumbnail = true }),
            "PUT" => Member.PutAsync($"{path}/thumbnail", new ByteArrayContent(Pictures.Png(5))),
            _ => Member.DeleteAsync($"{path}/thumbnail"),
        });
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        ExpectTexts(await JsonAsync(await Member.GetAsync(path)), null, "A worm");
    }

    [Test]
    public async Task A_new_image_and_its_text_are_set_together()
    {
        var path = await PathAsync();
        await PatchAsync(path, new { thumbnail_alt = "A desert" });
        using var form = Thumbnail(Pictures.Png(5));
        form.Add(new StringContent("A forest"), "thumbnail_alt");
        ExpectTexts(await JsonAsync(await Member.PatchAsync(path, form)), "A forest", null);
    }

    [TestCase("PATCH file")]
    [TestCase("PATCH id")]
    [TestCase("PUT")]
    public async Task The_text_stays_when_the_same_image_is_set_again(string change)
    {
        var path = await PathAsync();
        var game = await PatchAsync(path, new { thumbnail_alt = "A desert" });

        using var response = await (change switch
        {
            "PATCH file" => Member.PatchAsync(path, Thumbnail(Pictures.Png(3))),
            "PATCH id" => Member.PatchAsJsonAsync(path, new { thumbnail_id = Text(game, "thumbnail_id") }),
            _ => Member.PutAsync($"{path}/thumbnail", new ByteArrayContent(Pictures.Png(3))),
        });
        ExpectTexts(await JsonAsync(response), "A desert", null);
    }

    [Test]
    public async Task A_clone_has_the_texts_of_the_game()
    {
        var path = await PathAsync();
        await PatchAsync(path, new { thumbnail_alt = "A desert", banner_alt = "A worm" });
        ExpectTexts(await JsonAsync(await Member.PostAsync($"{path}/clone", null), HttpStatusCode.Created), "A desert", "A worm");
    }

    private static void ExpectTexts(JsonElement game, string? thumbnail, string? banner) => Assert.Multiple(() =>
    {
        Assert.That(Text(game, "thumbnail_alt"), Is.EqualTo(thumbnail));
        Assert.That(Text(game, "banner_alt"), Is.EqualTo(banner));
    });

    private static Dictionary<string, string?> Body() => new()
    {
        ["guild_id"] = $"{Guild}",
        ["channel_id"] = "5",
        ["title"] = "Root",
        ["scheduled_at"] = "2026-02-07T19:30:00Z",
    };

    private static MultipartFormDataContent Thumbnail(byte[] image) => new() { { new ByteArrayContent(image), "thumbnail", "x" } };

    private async Task<string> PathAsync() => $"{Games}/{Text(await CreateAsync(Pictures.Png(3), Pictures.Png(4)), "id")}";

    private async Task<JsonElement> PatchAsync(string path, object change) => await JsonAsync(await Member.PatchAsJsonAsync(path, change));
}
