using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Bot.Tests.Announcements;

public sealed class ApprovedMessageTests
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Hostile = string.Join('\n',
        "@everyone @here <@1> <@&1> <#1> </signup:1> <id:customize> <t:0:R> <a:blob:1> <:blob:1> :tada: 20:30",
        "# One", "## Two", "-# Small", "> Quote", ">>> Quotes", "- Item", "+ Item", "* Item", "  1. Item", "C# > F#, 3.14 - 1",
        "*i* _i_ **b** __u__ ~~s~~ ||spoiler|| `code` \\*", "```sh\nrm -rf\n```",
        "[free](https://evil.example) [x](<https://evil.example/a_b>) (see https://example.org/wiki/Foo_(bar)_baz).",
        "\u202Eesrever\u202C \u2066isolated\u2069 null\0bell\a high\uD83C low\uDF89 שלום 🎉");

    private static readonly TestCaseData[] Games =
    [
        Case("scheduled-full", Announced.Message(
            Announced.FullGame with { ThumbnailAlt = "A castle in the mist", BannerAlt = "Six heroes at a *round* table" },
            ImageFormat.Png,
            ImageFormat.Jpeg)),
        Case("scheduled-minimal", Announced.Message(Announced.Game)),
        Case(
            "in-progress-gif",
            Announced.Message(Announced.FullGame with { Status = GameStatus.InProgress }, ImageFormat.WebP, ImageFormat.Gif)),
        Case(
            "completed-only-thumbnail",
            Announced.Message(Announced.FullGame with { Status = GameStatus.Completed, BannerImageId = null }, ImageFormat.Png)),
        Case("cancelled", Announced.Message(Announced.Game with { Status = GameStatus.Cancelled, HostName = "mara" })),
        Case("hostile", Announced.Message(Announced.FullGame with
        {
            Title = "# @everyone\n[win](https://evil.example) <t:0> \u202E*now*",
            HostName = "@everyone\n*mara*",
            Description = Hostile,
            SignupInstructions = "> @here ||react||",
            Location = "<#1> `table`",
        })),
        Case("long", Announced.Message(Announced.FullGame with
        {
            Title = Long("**A** [very] __long__ ", GameDetails.TitleMaxLength),
            HostName = Long("a long name ", GameDetails.HostNameMaxLength),
            Description = Long("*_~`|\\", GameDetails.DescriptionMaxLength),
            SignupInstructions = Long("_**sign** [up]_ ", GameDetails.SignupInstructionsMaxLength),
            Location = Long("<table> ", GameDetails.LocationMaxLength),
        })),
        Case("emoji-at-the-cut", Announced.Message(Announced.Game with
        {
            Title = $"{new string('_', 125)}👩‍👩‍👧‍👦{Long("🎲", 60)}",
            SignupInstructions = $"{new string('*', 505)}é🏳️‍🌈🇩🇰👍🏽👩🏽‍❤️‍💋‍👨🏼",
        })),
    ];

    [TestCaseSource(nameof(Games))]
    public async Task The_message_equals_the_approved_one(string name, DiscordMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, DiscordJson.Default.DiscordMessage);
        var text = JsonNode.Parse(json)!.ToJsonString(Pretty) + "\n";
        var approved = Path.Combine(TestContext.CurrentContext.TestDirectory, "Announcements", $"{name}.approved.json");

        Assert.That(text, Is.EqualTo(await File.ReadAllTextAsync(approved)), $"If the change is intended, approve this text:\n{text}");
    }

    private static TestCaseData Case(string name, DiscordMessage message) => new TestCaseData(name, message).SetArgDisplayNames(name);

    private static string Long(string text, int length) => string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))[..length];
}
