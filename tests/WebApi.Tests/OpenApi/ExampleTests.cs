using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.OpenApi;

/// <summary>Sends the examples of the document to the service.</summary>
public sealed class ExampleTests : ServiceTests
{
    private const string Games = "/api/v1/games";

    private JsonElement document;

    [OneTimeSetUp]
    public async Task Fetch_the_document() => document = await JsonAsync(await Anybody.GetAsync("/openapi/v1.json"));

    [TestCase("CreateGame", "UpdateGame")]
    [TestCase("CreateGameForm", "UpdateGameForm")]
    public async Task The_examples_create_and_change_a_game_that_looks_as_described(string create, string update)
    {
        var game = await JsonAsync(await Member.PostAsync(Games, Content(create)), HttpStatusCode.Created);
        var changed = await JsonAsync(await Member.PatchAsync($"{Games}/{Text(game, "id")}", Content(update)));

        foreach (var response in new[] { game, changed, Example("Game") })
            Assert.That(Names(response), Is.EqualTo(Names(Component("schemas", "Game").GetProperty("properties"))));

        Assert.That(changed.GetProperty("max_players").GetRawText(), Is.EqualTo(Example(update).GetProperty("max_players").GetRawText()));
    }

    [TestCase("image/png")]
    [TestCase("image/jpeg")]
    [TestCase("image/gif")]
    [TestCase("image/webp")]
    public async Task The_example_of_an_image_has_its_type(string type)
    {
        var game = Text(await CreateAsync(), "id");
        var data = Component("examples", type.Replace('/', '.')).GetProperty("externalValue").GetString()!;
        var picture = Convert.FromBase64String(data[$"data:{type};base64,".Length..]);
        var after = await JsonAsync(
            await Member.PutAsync($"{Games}/{game}/banner", new ByteArrayContent(picture) { Headers = { ContentType = new(type) } }));

        using var image = await Anybody.GetAsync($"/api/v1/public/images/{Text(after, "banner_image_id")}");
        Assert.That(image.Content.Headers.ContentType, Is.EqualTo(new MediaTypeHeaderValue(type)));
    }

    private HttpContent Content(string example)
    {
        if (!example.EndsWith("Form", StringComparison.Ordinal))
            return new StringContent(Example(example).GetRawText(), Encoding.UTF8, "application/json");

        var form = new MultipartFormDataContent();
        foreach (var field in Example(example).EnumerateObject())
            form.Add(new StringContent(field.Value.ToString()), field.Name);
        return form;
    }

    private JsonElement Example(string name) => Component("examples", name).GetProperty("value");

    private JsonElement Component(string kind, string name) => document.GetProperty("components").GetProperty(kind).GetProperty(name);

    private static IEnumerable<string> Names(JsonElement fields) => fields.EnumerateObject().Select(field => field.Name);
}
