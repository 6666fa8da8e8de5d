using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GameImages.Bot.Discord;
using GameImages.Testing;

namespace GameImages.Bot.Tests.Discord;

public sealed class DiscordClientTests
{
    private const string Thumbnail = "https://games.example.org/thumbnail.png";
    private const string Banner = "https://games.example.org/banner.png";

    private Line line = null!;

    [SetUp]
    public async Task Open_the_line() =>
        line = await Line.OpenAsync(settings => settings with { Images = new() { AtOnce = 1, Handler = new Web() } });

    [TearDown]
    public async Task Close_the_line()
    {
        Assert.That(line.Discord.Violations, Is.Empty);
        await line.DisposeAsync();
    }

    [Test]
    public async Task A_message_is_posted_edited_and_deleted()
    {
        var posted = await line.PostAsync();
        Assert.That(posted.At.ChannelId, Is.EqualTo(Line.Channel));
        Assert.That(Title(), Is.EqualTo("Curse of Strahd"));

        Assert.That((await line.EditAsync(posted.At)).At, Is.EqualTo(posted.At));
        Assert.That(Title(), Is.EqualTo("Curse of Strahd, moved"));

        await line.DeleteAsync(posted.At);
        Assert.That(line.Discord.Messages, Is.Empty);
    }

    [Test]
    public async Task Each_request_names_the_bot_and_the_program()
    {
        await line.PostAsync();
        var headers = line.Discord.Requests.Single().Headers;
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
        var message = Line.Message("Curse of Strahd") with { Nonce = nonce, EnforceNonce = isEnforced };
        Assert.That(() => line.Client.PostAsync(Line.Channel, message, [], CancellationToken.None), Throws.ArgumentException);
        Assert.That(line.Discord.Requests, Is.Empty);
    }

    [TestCase(null, null, true, true)]
    [TestCase(Thumbnail, Banner, true, true)]
    [TestCase("https://games.example.org/gone.png", Banner, false, true)]
    [TestCase(Thumbnail, "https://games.example.org/gone.png", true, false)]
    public async Task Who_posts_or_edits_hears_which_pictures_Discord_has(
        string? thumbnail,
        string? image,
        bool showsThumbnail,
        bool showsImage)
    {
        var message = Line.Message("Curse of Strahd", thumbnail, image);
        var posted = await line.PostAsync(message);
        Assert.That(posted, Is.EqualTo(new PostedMessage(posted.At, showsThumbnail, showsImage)));
        Assert.That(await line.EditAsync(posted.At, message), Is.EqualTo(posted));
    }

    [Test]
    public async Task Files_come_with_a_message_and_an_edit_without_them_takes_them_away()
    {
        var files = new Attachment[]
        {
            new("thumbnail.png", "image/png", Pictures.Png(1)),
            new("banner.gif", "image/gif", Pictures.Gif(2)),
        };
        var posted = await line.PostAsync(Line.Message("Curse of Strahd", "attachment://thumbnail.png", "attachment://banner.gif"), files);
        Assert.That(posted, Is.EqualTo(new PostedMessage(posted.At, true, true)));
        Assert.That(Files(), Is.EqualTo(new[] { ("thumbnail.png", "image/png"), ("banner.gif", "image/gif") }));
        Assert.That(line.Discord.Messages.Single().Current.Attachments[1].Bytes.ToArray(), Is.EqualTo(Pictures.Gif(2)));

        await line.EditAsync(posted.At, Line.Message("Curse of Strahd", image: "attachment://banner.gif"), files[1..]);
        Assert.That(Files(), Is.EqualTo(new[] { ("banner.gif", "image/gif") }));

        await line.EditAsync(posted.At);
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task Only_an_edit_lists_no_files()
    {
        await line.EditAsync((await line.PostAsync()).At);
        var bodies = line.Discord.Requests.Select(request => JsonNode.Parse(request.Body!)!.AsObject()).ToList();
        Assert.That(bodies.Select(body => body["attachments"]?.ToJsonString()), Is.EqualTo(new[] { null, "[]" }));
        Assert.That(
            bodies.Select(body => body.ContainsKey("nonce") && body.ContainsKey("enforce_nonce")),
            Is.EqualTo(new[] { true, false }));
    }

    private string? Title() => line.Discord.Messages.Single().Current.Embeds.Single().Title;

    private IEnumerable<(string, string)> Files() =>
        line.Discord.Messages.Single().Current.Attachments.Select(file => (file.Filename, file.ContentType));

    /// <summary>Where the pictures are.</summary>
    private sealed class Web : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(
                request.RequestUri!.AbsolutePath == "/gone.png"
                    ? new HttpResponseMessage(HttpStatusCode.NotFound)
                    : new HttpResponseMessage
                    {
                        Content = new ByteArrayContent(Pictures.Png(1))
                        {
                            Headers = { ContentType = new MediaTypeHeaderValue("image/png") },
                        },
                    });
    }
}
