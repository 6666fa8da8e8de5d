using System.Net;
using System.Text.Json.Nodes;
using GameImages.Bot.Discord;
using GameImages.Testing;

namespace GameImages.Bot.Tests.Discord;

public sealed class DiscordClientTests
{
    private const string Thumbnail = "https://games.example.org/thumbnail.png";
    private const string Banner = "https://games.example.org/banner.png";

    private DiscordSetup setup = null!;

    [SetUp]
    public async Task Start() =>
        setup = await DiscordSetup.StartAsync(settings => settings with { Images = new() { AtOnce = 1, Handler = new ImageServer() } });

    [TearDown]
    public async Task Stop()
    {
        Assert.That(setup.Discord.Violations, Is.Empty);
        await setup.DisposeAsync();
    }

    [Test]
    public async Task A_message_is_posted_edited_and_deleted()
    {
        var posted = await setup.PostAsync();
        Assert.That(posted.At.ChannelId, Is.EqualTo(DiscordSetup.Channel));
        Assert.That(Title(), Is.EqualTo("Curse of Strahd"));

        Assert.That((await setup.EditAsync(posted.At)).At, Is.EqualTo(posted.At));
        Assert.That(Title(), Is.EqualTo("Curse of Strahd, moved"));

        await setup.DeleteAsync(posted.At);
        Assert.That(setup.Discord.Messages, Is.Empty);
    }

    [Test]
    public async Task Each_request_has_the_token_and_the_user_agent_that_Discord_requires()
    {
        await setup.PostAsync();
        var headers = setup.Discord.Requests.Single().Headers;
        Assert.Multiple(() =>
        {
            Assert.That(headers["Authorization"], Is.EqualTo("Bot fake-token"));
            Assert.That(headers["User-Agent"], Does.Match(@"^DiscordBot \(https://games\.example\.org, \d+\.\d+\.\d+\)$"));
            Assert.That(headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That(headers.Keys, Has.None.EqualTo("Cookie"));
        });
    }

    [TestCase(null, true)]
    [TestCase("", true)]
    [TestCase("1", false)]
    [TestCase("1", null)]
    public void A_post_without_an_enforced_nonce_is_not_sent(string? nonce, bool? isEnforced)
    {
        var message = DiscordSetup.Message("Curse of Strahd") with { Nonce = nonce, EnforceNonce = isEnforced };
        Assert.That(() => setup.Client.PostAsync(DiscordSetup.Channel, message, [], CancellationToken.None), Throws.ArgumentException);
        Assert.That(setup.Discord.Requests, Is.Empty);
    }

    [TestCase(null, null, true, true)]
    [TestCase(Thumbnail, Banner, true, true)]
    [TestCase("https://games.example.org/missing.png", Banner, false, true)]
    [TestCase(Thumbnail, "https://games.example.org/missing.png", true, false)]
    public async Task A_post_and_an_edit_return_which_images_Discord_has_fetched(
        string? thumbnail,
        string? image,
        bool showsThumbnail,
        bool showsImage)
    {
        var message = DiscordSetup.Message("Curse of Strahd", thumbnail, image);
        var posted = await setup.PostAsync(message);
        Assert.That(posted, Is.EqualTo(new PostedMessage(posted.At, showsThumbnail, showsImage)));
        Assert.That(await setup.EditAsync(posted.At, message), Is.EqualTo(posted));
    }

    [Test]
    public async Task A_message_is_posted_with_files_and_an_edit_removes_the_files_that_it_does_not_list()
    {
        var files = new Attachment[]
        {
            new("thumbnail.png", "image/png", Pictures.Png(1)),
            new("banner.gif", "image/gif", Pictures.Gif(2)),
        };
        var message = DiscordSetup.Message("Curse of Strahd", "attachment://thumbnail.png", "attachment://banner.gif");
        var posted = await setup.PostAsync(message, files);
        Assert.That(posted, Is.EqualTo(new PostedMessage(posted.At, true, true)));
        Assert.That(Files(), Is.EqualTo(new[] { ("thumbnail.png", "image/png"), ("banner.gif", "image/gif") }));
        Assert.That(setup.Discord.Messages.Single().Current.Attachments[1].Bytes.ToArray(), Is.EqualTo(Pictures.Gif(2)));

        await setup.EditAsync(posted.At, DiscordSetup.Message("Curse of Strahd", image: "attachment://banner.gif"), files[1..]);
        Assert.That(Files(), Is.EqualTo(new[] { ("banner.gif", "image/gif") }));

        await setup.EditAsync(posted.At);
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task Without_files_an_edit_sends_an_empty_list_and_a_post_sends_none()
    {
        await setup.EditAsync((await setup.PostAsync()).At);
        var bodies = setup.Discord.Requests.Select(request => JsonNode.Parse(request.Body!)!.AsObject()).ToList();
        Assert.That(bodies.Select(body => body["attachments"]?.ToJsonString()), Is.EqualTo(new[] { null, "[]" }));
        Assert.That(
            bodies.Select(body => body.ContainsKey("nonce") && body.ContainsKey("enforce_nonce")),
            Is.EqualTo(new[] { true, false }));
    }

    private string? Title() => setup.Discord.Messages.Single().Current.Embeds.Single().Title;

    private IEnumerable<(string, string)> Files() =>
        setup.Discord.Messages.Single().Current.Attachments.Select(file => (file.Filename, file.ContentType));

    /// <summary>Serves the images of the messages.</summary>
    private sealed class ImageServer : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.RequestUri!.AbsolutePath == "/missing.png" ? new(HttpStatusCode.NotFound) : Png());

        private static HttpResponseMessage Png()
        {
            var content = new ByteArrayContent(Pictures.Png(1)) { Headers = { ContentType = new("image/png") } };
            return new() { Content = content };
        }
    }
}
