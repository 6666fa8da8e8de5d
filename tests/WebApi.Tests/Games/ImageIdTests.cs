using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>Games that show an image by its id instead of its bytes.</summary>
public sealed class ImageIdTests : ServiceTests
{
    private const string Games = "/api/v1/games";

    private HttpClient stranger = null!;

    [OneTimeSetUp]
    public void Join_another_guild()
    {
        stranger = Service.CreateClient([]);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token([43], token => token.Claims["sub"] = "8"));
    }

    [OneTimeTearDown]
    public void Leave_the_other_guild() => stranger.Dispose();

    [Test]
    public async Task A_game_shows_the_uploads_that_JSON_or_a_form_names()
    {
        var thumbnail = await UploadAsync(Pictures.Png(1));
        var banner = await UploadAsync(Pictures.Gif(1));
        using var form = Form();
        form.Add(new StringContent(thumbnail), "thumbnail_id");
        form.Add(new StringContent(banner), "banner_image_id");
        using var mixed = Form(banner: Pictures.Gif(1));
        mixed.Add(new StringContent(thumbnail), "thumbnail_id");

        HttpContent[] requests = [JsonContent.Create(Body(("thumbnail_id", thumbnail), ("banner_image_id", banner))), form, mixed];
        foreach (var request in requests)
        {
            var game = await JsonAsync(await Member.PostAsync(Games, request), HttpStatusCode.Created);
            Assert.That(Text(game, "thumbnail_id"), Is.EqualTo(thumbnail));
            Assert.That(Text(game, "banner_image_id"), Is.EqualTo(banner));
        }

        // The uploads and three games refer to each image.
        Assert.That(await ReferencesAsync(thumbnail), Is.EqualTo(4));
        Assert.That(await ReferencesAsync(banner), Is.EqualTo(4));
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_change_shows_an_image_of_another_visible_game_keeps_it_and_removes_it_with_null()
    {
        var image = Text(await CreateAsync(Pictures.Png(2)), "thumbnail_id")!;
        var game = $"{Games}/{Text(await CreateAsync(banner: Pictures.Png(3)), "id")}";

        var changed = await JsonAsync(await Member.PatchAsJsonAsync(game, new { banner_image_id = image }));
        Assert.That(Text(changed, "banner_image_id"), Is.EqualTo(image));
        changed = await JsonAsync(await Member.PatchAsJsonAsync(game, new { title = "Root" }));
        Assert.That(Text(changed, "banner_image_id"), Is.EqualTo(image));
        changed = await JsonAsync(await Member.PatchAsJsonAsync(game, new { banner_image_id = image, remove_banner = false }));
        Assert.That(Text(changed, "banner_image_id"), Is.EqualTo(image));
        Assert.That(await ReferencesAsync(image), Is.EqualTo(2));

        changed = await JsonAsync(await Member.PatchAsJsonAsync(game, new { banner_image_id = (string?)null }));
        Assert.That(Text(changed, "banner_image_id"), Is.Null);
        Assert.That(await ReferencesAsync(image), Is.EqualTo(1));
        using var form = new MultipartFormDataContent { { new StringContent(image), "thumbnail_id" } };
        changed = await JsonAsync(await Member.PatchAsync(game, form));
        Assert.That(Text(changed, "thumbnail_id"), Is.EqualTo(image));
    }

    [TestCase("thumbnail", "thumbnail_id", "remove_thumbnail")]
    [TestCase("banner", "banner_image_id", "remove_banner")]
    public async Task An_id_with_a_file_or_a_removal_for_the_same_slot_is_rejected(string file, string id, string remove)
    {
        var upload = await UploadAsync(Pictures.Png(4));
        var game = $"{Games}/{Text(await CreateAsync(), "id")}";
        var before = await RowsAsync();

        using var create = file == "thumbnail" ? Form(thumbnail: Pictures.Png(5)) : Form(banner: Pictures.Png(5));
        create.Add(new StringContent(upload), id);
        await ProblemAsync(await Member.PostAsync(Games, create), HttpStatusCode.BadRequest, id);

        using var change = new MultipartFormDataContent
        {
            { new StringContent(upload), id },
            { new ByteArrayContent(Pictures.Png(5)), file, "x" },
        };
        await ProblemAsync(await Member.PatchAsync(game, change), HttpStatusCode.BadRequest, id);
        await ProblemAsync(
            await Member.PatchAsJsonAsync(game, new Dictionary<string, object> { [id] = upload, [remove] = true }),
            HttpStatusCode.BadRequest, remove);
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("thumbnail_id")]
    [TestCase("banner_image_id")]
    public async Task An_image_that_the_caller_may_not_use_is_422_and_the_response_does_not_tell_whether_it_exists(string field)
    {
        var foreign = Text(await JsonAsync(
            await stranger.PostAsync(Games, ForeignForm(Pictures.Png(6))), HttpStatusCode.Created), "thumbnail_id")!;
        var ofStranger = Id(await JsonAsync(
            await stranger.PostAsync("/api/v1/images", new ByteArrayContent(Pictures.Png(7))), HttpStatusCode.Created));
        var expired = await UploadAsync(Pictures.Png(8));
        await Database.ExecuteAsync("UPDATE image_uploads SET expires_at = now() WHERE image_id = @id", new { id = Guid.Parse(expired) });
        var ended = await UploadAsync(Pictures.Png(9));
        await Member.DeleteAsync($"/api/v1/images/{ended}");

        var game = $"{Games}/{Text(await CreateAsync(), "id")}";
        var before = await RowsAsync();
        var bodies = new List<string>();
        foreach (var id in new[] { $"{Guid.NewGuid()}", foreign, ofStranger, expired, ended, $"{Guid.Empty}" })
        {
            using var form = Form();
            form.Add(new StringContent(id), field);
            HttpResponseMessage[] responses =
            [
                await Member.PostAsJsonAsync(Games, Body((field, id))),
                await Member.PostAsync(Games, form),
                await Member.PatchAsJsonAsync(game, new Dictionary<string, string> { [field] = id }),
            ];
            foreach (var response in responses)
            {
                var problem = await ProblemAsync(response, HttpStatusCode.UnprocessableEntity, field);
                bodies.Add(problem.GetProperty("errors").GetRawText());
            }
        }

        Assert.That(bodies.Distinct(), Has.Exactly(1).Items);
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("thumbnail_id", "nonsense")]
    [TestCase("thumbnail_id", "{00000000-0000-4000-8000-000000000000}")]
    [TestCase("banner_image_id", " 00000000-0000-4000-8000-000000000000")]
    [TestCase("banner_image_id", "5")]
    public async Task A_malformed_id_is_rejected(string field, string id)
    {
        await ProblemAsync(await Member.PostAsJsonAsync(Games, Body((field, id))), HttpStatusCode.BadRequest, field);
        using var form = Form();
        form.Add(new StringContent(id), field);
        await ProblemAsync(await Member.PostAsync(Games, form), HttpStatusCode.BadRequest, field);
    }

    [Test]
    public async Task A_game_keeps_the_image_of_an_upload_that_ends()
    {
        var image = await UploadAsync(Pictures.Png(10));
        var game = await JsonAsync(await Member.PostAsJsonAsync(Games, Body(("thumbnail_id", image))), HttpStatusCode.Created);
        await Member.DeleteAsync($"/api/v1/images/{image}");
        Assert.That((await Anybody.GetAsync($"/api/v1/public/images/{image}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await Member.DeleteAsync($"{Games}/{Text(game, "id")}");
        await ProblemAsync(await Anybody.GetAsync($"/api/v1/public/images/{image}"), HttpStatusCode.NotFound);
    }

    private async Task<string> UploadAsync(byte[] image) =>
        Id(await JsonAsync(await Member.PostAsync("/api/v1/images", new ByteArrayContent(image)), HttpStatusCode.Created));

    private static string Id(JsonElement json) => Text(json, "id")!;

    private Task<int> ReferencesAsync(string id) =>
        Database.SingleAsync<int>("SELECT reference_count FROM game_images WHERE id = @id", new { id = Guid.Parse(id) });

    private static Dictionary<string, object> Body(params (string Field, string Value)[] fields)
    {
        var body = JsonSerializer.SerializeToNode(Game())!.AsObject().ToDictionary(field => field.Key, field => (object)field.Value!);
        foreach (var (field, value) in fields)
            body[field] = value;
        return body;
    }

    private static MultipartFormDataContent ForeignForm(byte[] thumbnail) => new()
    {
        { new StringContent("43"), "guild_id" },
        { new StringContent("5"), "channel_id" },
        { new StringContent("Theirs"), "title" },
        { new StringContent("2026-02-07T19:30:00Z"), "scheduled_at" },
        { new ByteArrayContent(thumbnail), "thumbnail", "x" },
    };
}
