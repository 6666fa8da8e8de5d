using GameImages.Bot.Discord;
using GameImages.Infrastructure.Settings;
using Microsoft.Extensions.Configuration;

namespace GameImages.Bot.Tests.Discord;

public sealed class DiscordSettingsTests
{
    private const string WholeNumber = "a whole number from 1 to";

    [Test]
    public void Without_a_token_every_setting_has_a_default() => Assert.That(
        Read(isDevelopment: false),
        Is.EqualTo(new DiscordSettings(null, new("https://discord.com/api/v10/"), null, DeletedMessages.PostAgain, true, 8, 45, 5000)));

    [Test]
    public void Each_setting_is_read() =>
        Assert.That(
            Read(
                isDevelopment: false,
                ("Discord:Token", " MTA.x-y_z \n"),
                ("Discord:BaseUrl", "http://127.0.0.1:5000/api/v10/"),
                ("PublicBaseUrl", "https://games.example.org/nights"),
                ("Discord:DeletedMessages", "leavealone"),
                ("Discord:AttachPictures", "false"),
                ("Discord:Concurrency", "64"),
                ("Discord:RequestsPerSecond", "50"),
                ("Discord:InvalidRequests", "9000")),
            Is.EqualTo(
                new DiscordSettings(
                    "MTA.x-y_z",
                    new("http://127.0.0.1:5000/api/v10/"),
                    new("https://games.example.org/nights"),
                    DeletedMessages.LeaveAlone,
                    false,
                    64,
                    50,
                    9000)));

    [TestCase("")]
    [TestCase("  ")]
    public void An_empty_token_counts_as_absent(string token) =>
        Assert.That(Read(isDevelopment: false, ("Discord:Token", token)).Token, Is.Null);

    [Test]
    public void In_Development_the_public_URL_is_on_this_machine_by_default() =>
        Assert.That(Read(isDevelopment: true, ("Discord:Token", "MTA")).PublicBaseUrl, Is.EqualTo(new Uri("http://127.0.0.1:8080")));

    [Test]
    public void A_bot_with_a_token_needs_the_public_URL() => Assert.That(
        () => Read(isDevelopment: false, ("Discord:Token", "MTA")),
        Throws.TypeOf<InvalidSettingException>().With.Message.StartsWith("PublicBaseUrl is not set: it has to be an absolute URL"));

    [TestCase("Bot MTA")]
    [TestCase("bot MTA")]
    [TestCase("MTA x")]
    [TestCase("MTÄ")]
    [TestCase("MT\nA")]
    public void An_invalid_token_is_rejected_and_not_shown(string token) =>
        Assert.That(
            () => Read(isDevelopment: true, ("Discord:Token", token)),
            Throws
                .TypeOf<InvalidSettingException>()
                .With.Message.StartsWith("Discord:Token has to be the token alone")
                .And.Message.Not.Contains(token));

    [Test]
    public void The_text_of_the_settings_does_not_contain_the_token() =>
        Assert.That(
            Read(isDevelopment: true, ("Discord:Token", "secret")).ToString(),
            Does.Not.Contain("secret").And.Contains("https://discord.com/api/v10/"));

    [TestCase("Discord:BaseUrl", "discord.com", "an absolute URL with https")]
    [TestCase("Discord:BaseUrl", "http://discord.com/api/v10", "an absolute URL with https")]
    [TestCase("Discord:BaseUrl", "ftp://discord.com/api/v10", "an absolute URL with https")]
    [TestCase("Discord:BaseUrl", "https://u:p@discord.com/", "an absolute URL with https")]
    [TestCase("PublicBaseUrl", "", "an absolute URL with http or https")]
    [TestCase("PublicBaseUrl", "/nights", "an absolute URL with http or https")]
    [TestCase("PublicBaseUrl", "file:///nights", "an absolute URL with http or https")]
    [TestCase("PublicBaseUrl", "https://games.example.org/?a=b", "without user, query and fragment")]
    [TestCase("PublicBaseUrl", "https://games.example.org/#", "without user, query and fragment")]
    [TestCase("PublicBaseUrl", "https://me@games.example.org", "without user, query and fragment")]
    [TestCase("Discord:DeletedMessages", "1", "PostAgain or LeaveAlone")]
    [TestCase("Discord:AttachPictures", "yes", "true or false")]
    [TestCase("Discord:Concurrency", "0", WholeNumber + " 64")]
    [TestCase("Discord:Concurrency", "65", WholeNumber + " 64")]
    [TestCase("Discord:RequestsPerSecond", "100001", WholeNumber + " 100000")]
    [TestCase("Discord:InvalidRequests", "9001", WholeNumber + " 9000")]
    [TestCase("Discord:Tokens", "MTA", "there may be Token, BaseUrl")]
    public void An_invalid_setting_is_rejected_and_named(string key, string value, string rule) =>
        Assert.That(
            () => Read(isDevelopment: true, (key, value)),
            Throws.TypeOf<InvalidSettingException>().With.Message.StartsWith(key).And.Message.Contains(rule));

    private static DiscordSettings Read(bool isDevelopment, params (string Key, string Value)[] settings) =>
        DiscordSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
                .Build(),
            isDevelopment);
}
