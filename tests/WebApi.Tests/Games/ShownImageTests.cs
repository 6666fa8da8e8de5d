using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Testing;
using GameImages.Testing.Images;

namespace GameImages.WebApi.Tests.Games;

/// <summary>A game says how its images look, where they are and which variants they have.</summary>
public sealed class ShownImageTests : ServiceTests
{
    private const string Games = "/api/v1/games";

    [Test]
    public async Task A_new_image_has_its_size_and_no_variants_and_a_missing_one_is_null()
    {
        var game = await CreateAsync(banner: Pictures.Gif(1));
        var id = Text(game, "banner_image_id");

        Assert.Multiple(() =>
        {
            Assert.That(game.GetProperty("thumbnail").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(
                game.GetProperty("banner").GetRawText(),
                Is.EqualTo(JsonSerializer.Serialize(new
                {
                    id,
                    url = $"/api/v1/public/images/{id}.gif",
                    width = 1,
                    height = 1,
                    alt = (string?)null,
                    placeholder = (string?)null,
                    variants = Array.Empty<object>(),
                })));
        });
        Assert.That(await Anybody.GetByteArrayAsync(Text(game.GetProperty("banner"), "url")), Is.EqualTo(Pictures.Gif(1)));
    }

    [Test]
    public async Task Every_response_has_the_image_with_its_variants_the_smallest_first()
    {
        using var member = Service.CreateClient(Guild, 43);
        var created = await CreateAsync(Pictures.Png(1));
        var path = $"{Games}/{Text(created, "id")}";
        var id = Text(created, "thumbnail_id")!;
        await Database.StoreVariantsAsync(id, Variants.Of(640), Variants.Of(160));

        var changed = await JsonAsync(await Member.PatchAsJsonAsync(path, new { title = "Wingspan", thumbnail_alt = "A bird" }));
        var expected = JsonSerializer.Serialize(new
        {
            id,
            url = $"/api/v1/public/images/{id}.png",
            width = 2000,
            height = 1000,
            alt = "A bird",
            placeholder = Variants.Placeholder,
            variants = new[]
            {
                new { width = 160, height = 80, url = $"/api/v1/public/images/{id}/160.webp" },
                new { width = 640, height = 320, url = $"/api/v1/public/images/{id}/640.webp" },
            },
        });
        var copy = await JsonAsync(await Member.PostAsync($"{path}/clone", null), HttpStatusCode.Created);
        JsonElement[] responses =
        [
            changed, copy,
            await JsonAsync(await Member.GetAsync(path)),
            await JsonAsync(await Member.PutAsync($"{path}/banner", new ByteArrayContent(Pictures.Png(3)))),
            .. await ListAsync(member, $"{Games}?guild_id={Guild}&status=scheduled", id),
            .. await ListAsync(member, Games, id),
            .. await ListAsync(member, $"{Games}?text=wings", id),
            .. await ListAsync(member, $"{Games}?guild_id={Guild}&text=wingsp", id),
        ];

        Assert.That(responses, Has.Length.EqualTo(12));
        Assert.That(responses.Select(game => game.GetProperty("thumbnail").GetRawText()), Is.All.EqualTo(expected));
        foreach (var variant in changed.GetProperty("thumbnail").GetProperty("variants").EnumerateArray())
            Assert.That((await Anybody.GetAsync(Text(variant, "url"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_game_created_with_an_image_that_has_variants_names_them()
    {
        var id = Text(await CreateAsync(Pictures.Png(4)), "thumbnail_id")!;
        await Database.StoreVariantsAsync(id, Variants.Of(320));
        Assert.That(Widths((await CreateAsync(Pictures.Png(4))).GetProperty("thumbnail")), Is.EqualTo(new[] { 320 }));
    }

    [Test]
    public async Task An_image_in_quarantine_is_null_in_every_response()
    {
        var game = await CreateAsync(Pictures.Png(5), Pictures.Png(6));
        var id = Text(game, "thumbnail_id")!;
        await Database.StoreVariantsAsync(id, Variants.Of(160));
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now() WHERE id = @id", new { id = Guid.Parse(id) });

        JsonElement[] responses =
        [
            await JsonAsync(await Member.GetAsync($"{Games}/{Text(game, "id")}")),
            await JsonAsync(await Member.PatchAsJsonAsync($"{Games}/{Text(game, "id")}", new { title = "Root" })),
            .. await ListAsync(Member, $"{Games}?guild_id={Guild}", id),
            .. await ListAsync(Member, $"{Games}?text=root", id),
        ];
        Assert.That(responses.Select(each => each.GetProperty("thumbnail").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
        Assert.That(responses.Select(each => Text(each.GetProperty("banner"), "id")), Is.All.EqualTo(Text(game, "banner_image_id")));
    }

    [Test]
    public async Task A_replayed_response_is_the_first_one()
    {
        var key = $"{Guid.NewGuid()}";
        using var first = await PostAsync();
        var game = await JsonAsync(first, HttpStatusCode.Created);
        await Database.StoreVariantsAsync(Text(game, "thumbnail_id")!, Variants.Of(160));
        using var second = await PostAsync();

        Assert.That(second.Headers.Contains("Idempotency-Replayed"));
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(game.GetRawText()));
        Assert.That(second.Headers.ETag, Is.EqualTo(first.Headers.ETag));

        Task<HttpResponseMessage> PostAsync()
        {
            var form = Form(Pictures.Png(7));
            form.Add(new StringContent("A box"), "thumbnail_alt");
            return Member.SendAsync(new(HttpMethod.Post, Games) { Content = form, Headers = { { "Idempotency-Key", key } } });
        }
    }

    [Test]
    public async Task The_library_has_the_URL_the_shown_size_the_placeholder_and_the_variants()
    {
        var id = Text(await CreateAsync(Pictures.Png(8)), "thumbnail_id")!;
        await Database.StoreVariantsAsync(id, Variants.Of(320), Variants.Of(160));
        var list = await JsonAsync(await Member.GetAsync($"/api/v1/images?guild_id={Guild}&limit=100"));
        var image = list.GetProperty("items").EnumerateArray().Single(each => Text(each, "id") == id);

        Assert.Multiple(() =>
        {
            Assert.That(Text(image, "url"), Is.EqualTo($"/api/v1/public/images/{id}.png"));
            Assert.That(image.GetProperty("width").GetInt32(), Is.EqualTo(2000));
            Assert.That(image.GetProperty("height").GetInt32(), Is.EqualTo(1000));
            Assert.That(Text(image, "placeholder"), Is.EqualTo(Variants.Placeholder));
            Assert.That(Widths(image), Is.EqualTo(new[] { 160, 320 }));
        });
    }

    private static int[] Widths(JsonElement image) =>
        [.. image.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("width").GetInt32())];

    /// <returns>The games of the list that show the image as their thumbnail.</returns>
    private static async Task<JsonElement[]> ListAsync(HttpClient client, string path, string thumbnail) =>
    [
        .. (await JsonAsync(await client.GetAsync(path))).GetProperty("items").EnumerateArray()
            .Where(game => Text(game, "thumbnail_id") == thumbnail),
    ];
}
