using GameImages.Application;
using GameImages.Hosting;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Settings;
using GameImages.WebApi.Images;
using GameImages.WebApi.RateLimits;
using GameImages.WebApi.Sessions;
using GameImages.WebApi.Transport;
using GameImages.WebApi.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;

namespace GameImages.WebApi.Tests;

public sealed class SettingsTests
{
    private const string Limits = "PublicImages:RateLimits";

    [Test]
    public void The_limits_are_60_a_minute_and_100_in_five_minutes_by_default() =>
        Assert.That(
            PublicImageSettings.Read(Configuration()).RateLimits,
            Is.EqualTo(new RateLimit[] { new(60, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromMinutes(5)) }));

    [Test]
    public void Each_value_of_a_limit_is_overridden_alone()
    {
        var configuration = Configuration(
            ($"{Limits}:0:Permits", "5"),
            ($"{Limits}:1:Window", "1.00:00:00"),
            ($"{Limits}:2:Permits", "7"),
            ($"{Limits}:2:Window", "00:00:01"));
        Assert.That(
            PublicImageSettings.Read(configuration).RateLimits,
            Is.EquivalentTo(
                new RateLimit[] { new(5, TimeSpan.FromMinutes(1)), new(100, TimeSpan.FromDays(1)), new(7, TimeSpan.FromSeconds(1)) }));
    }

    [TestCase($"{Limits}:0:Permits", "0", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:0:Permits", "-1", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:1:Permits", "2147483648", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:1:Permits", "1.5", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:0:Permits", "many", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:0:Permits", "", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:0:Permits:0", "5", "a whole number from 1 to 2147483647")]
    [TestCase($"{Limits}:0:Window", "60", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase($"{Limits}:0:Window", "00:00:00", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase($"{Limits}:0:Window", "-00:01:00", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase($"{Limits}:0:Window", "1.00:00:01", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase($"{Limits}:0:Window", "a minute", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase($"{Limits}:2:Permits", "5", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase($"{Limits}:0:Permit", "5", "Permits, Window")]
    [TestCase($"{Limits}:first:Permits", "5", "numbers: 0, 1 and so on")]
    [TestCase($"{Limits}:0", "60", "Permits, Window")]
    [TestCase(Limits, "60", "numbers: 0, 1 and so on")]
    public void An_invalid_limit_is_rejected(string key, string value, string expected) =>
        AssertRefused(() => PublicImageSettings.Read(Configuration((key, value))), key, expected);

    [TestCase(null, 64L * 1024 * 1024)]
    [TestCase("0", 0)]
    [TestCase("1048576", 1L << 40)]
    public void The_cache_has_the_size_of_the_setting(string? megabytes, long bytes) =>
        Assert.That(
            PublicImageSettings
                .Read(megabytes is null ? Configuration() : Configuration(("PublicImages:CacheMegabytes", megabytes)))
                .CacheBytes,
            Is.EqualTo(bytes));

    [Test]
    public void A_member_may_send_four_times_as_many_requests_by_default() =>
        Assert.That(
            PublicImageSettings.Read(Configuration()).MemberRateLimits,
            Is.EqualTo(new RateLimit[] { new(240, TimeSpan.FromMinutes(1)), new(400, TimeSpan.FromMinutes(5)) }));

    [Test]
    public void The_limits_of_members_are_multiples_of_those_of_addresses_and_a_factor_of_0_turns_them_off()
    {
        Assert.That(
            PublicImageSettings.Read(
                Configuration(("PublicImages:MemberFactor", "1000"), ($"{Limits}:0:Permits", "2147483647"))).MemberRateLimits,
            Is.EqualTo(new RateLimit[] { new(int.MaxValue, TimeSpan.FromMinutes(1)), new(100_000, TimeSpan.FromMinutes(5)) }));
        Assert.That(PublicImageSettings.Read(Configuration(("PublicImages:MemberFactor", "0"))).MemberRateLimits, Is.Empty);
    }

    [TestCase("-1")]
    [TestCase("1001")]
    [TestCase("1.5")]
    [TestCase("")]
    public void An_invalid_factor_of_members_is_rejected(string value) =>
        AssertRefused(
            () => PublicImageSettings.Read(Configuration(("PublicImages:MemberFactor", value))),
            "PublicImages:MemberFactor", "a whole number from 0 to 1000");

    [TestCase(null, 160, 320, 640, 1280, 1920)]
    [TestCase("1", 1)]
    [TestCase("320, 640 ,4096", 320, 640, 4096)]
    [TestCase("1,2,3,4,5,6,7,8,9,10", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
    public void The_widths_of_variants_are_a_list(string? setting, params int[] widths) =>
        Assert.That(
            VariantSettings.ReadWidths(setting is null ? Configuration() : Configuration(("Variants:Widths", setting))).Values,
            Is.EqualTo(widths));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-160")]
    [TestCase("160,")]
    [TestCase("160;320")]
    [TestCase("320,160")]
    [TestCase("160,160")]
    [TestCase("4097")]
    [TestCase("1,2,3,4,5,6,7,8,9,10,11")]
    [TestCase("wide")]
    public void Invalid_widths_are_rejected(string value) =>
        AssertRefused(
            () => VariantSettings.ReadWidths(Configuration(("Variants:Widths", value))), "Variants:Widths", "1 to 10 widths");

    [Test]
    public void Another_setting_of_variants_is_rejected() =>
        AssertRefused(() => VariantSettings.ReadWidths(Configuration(("Variants:Width", "160"))), "Variants:Width", "Widths");

    [TestCase("PublicImages:CacheMegabytes", "-1", "a whole number from 0 to 1048576")]
    [TestCase("PublicImages:CacheMegabytes", "1048577", "a whole number from 0 to 1048576")]
    [TestCase("PublicImages:CacheMegabytes", "64 MB", "a whole number from 0 to 1048576")]
    [TestCase("PublicImages:CacheMegabyte", "64", "RateLimits, CacheMegabytes")]
    public void An_invalid_cache_size_is_rejected(string key, string value, string expected) =>
        AssertRefused(() => PublicImageSettings.Read(Configuration((key, value))), key, expected);

    [TestCase("Proxies:Known:0", "10.0.0.1", "a network such as")]
    [TestCase("Proxies:Known:0", "10.0.0.0/33", "a network such as")]
    [TestCase("Proxies:Known:0", "0.0.0.0/0", "not all addresses")]
    [TestCase("Proxies:Known:0", "::/0", "not all addresses")]
    [TestCase("Proxies:Known:0", "::ffff:10.0.0.0/104", "a network such as")]
    [TestCase("Proxies:Known:0", "proxy.example", "a network such as")]
    [TestCase("Proxies:Known:0", "10.0.0.0/8, 192.168.0.0/16", "a network such as")]
    [TestCase("Proxies:Known:0", "", "a network such as")]
    [TestCase("Proxies:Known", "10.0.0.0/8", "numbers: 0, 1 and so on")]
    [TestCase("Proxies:Trusted:0", "10.0.0.0/8", "Known")]
    [TestCase("Transport:HttpsRedirection", "yes", "true or false")]
    [TestCase("Transport:Hsts", "1", "true or false")]
    [TestCase("Transport:HttpsPort", "0", "a port from 1 to 65535")]
    [TestCase("Transport:HttpsPort", "65536", "a port from 1 to 65535")]
    [TestCase("Transport:Https", "true", "HttpsRedirection, HttpsPort, Hsts")]
    public void An_invalid_proxy_or_transport_is_rejected(string key, string value, string expected) =>
        AssertRefused(() => TransportSettings.Read(Configuration((key, value))), key, expected);

    [TestCase("SignIn:ClientId", "app", "one of them is not set")]
    [TestCase("SignIn:ClientSecret", "secret", "one of them is not set")]
    [TestCase("SignIn:ApiUrl", "http://discord.com/api", "an https URL")]
    [TestCase("SignIn:TokenEndpoint", "discord.com", "an https URL")]
    [TestCase("SignIn:CdnUrl", "https://cdn.discordapp.com?a=b", "without a query")]
    [TestCase("SignIn:Secret", "x", "ClientId, ClientSecret")]
    [TestCase("DataProtection:Keys", "/proc/nowhere", "a folder that the service may write")]
    [TestCase("DataProtection:Folder", "/tmp", "Keys")]
    public void An_invalid_sign_in_setting_is_rejected(string key, string value, string expected) =>
        AssertRefused(
            () => SignInSettings.Read(Configuration((key, value)), new HostingEnvironment { EnvironmentName = "Production" }),
            key,
            expected);

    [Test]
    public void The_error_for_an_invalid_sign_in_setting_does_not_contain_the_secret() =>
        Assert.That(
            () =>
                SignInSettings.Read(
                    Configuration(("SignIn:ClientSecret", "hunter2")),
                    new HostingEnvironment { EnvironmentName = "Production" }),
            Throws.TypeOf<InvalidSettingException>().With.Message.Not.Contains("hunter2"));

    [Test]
    public void A_user_may_send_600_requests_a_minute_four_lists_and_two_searches_at_once_by_default()
    {
        var settings = UserSettings.Read(Configuration());

        Assert.Multiple(() =>
        {
            Assert.That(
                settings.RateLimits,
                Is.EqualTo(new RateLimit[] { new(600, TimeSpan.FromMinutes(1)), new(150, TimeSpan.FromSeconds(10)) }));
            Assert.That(settings.TrustedRateLimits, Is.EqualTo(new RateLimit[] { new(6000, TimeSpan.FromMinutes(1)) }));
            Assert.That(settings.UploadRateLimits, Is.EqualTo(new RateLimit[] { new(60, TimeSpan.FromMinutes(1)) }));
            Assert.That(settings.Lists, Is.EqualTo(4));
            Assert.That(settings.Searches, Is.EqualTo(2));
        });
    }

    [TestCase("Users:RateLimits:1:Permits", "0", "a whole number from 1 to 2147483647")]
    [TestCase("Users:TrustedRateLimits:0:Window", "60", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase("Users:TrustedRateLimits:1:Permits", "5", "a time from 00:00:01 to 1.00:00:00")]
    [TestCase("Users:Lists", "0", "a whole number from 1 to 1000")]
    [TestCase("Users:Searches", "1001", "a whole number from 1 to 1000")]
    [TestCase("Users:Search", "1", "RateLimits, TrustedRateLimits, SearchRateLimits, UploadRateLimits, Lists, Searches")]
    [TestCase("Users:SearchRateLimits:1:Permits", "0", "a whole number from 1 to 2147483647")]
    [TestCase("Users:UploadRateLimits:0:Window", "1", "a time from 00:00:01 to 1.00:00:00")]
    public void An_invalid_limit_of_users_is_rejected(string key, string value, string expected) =>
        AssertRefused(() => UserSettings.Read(Configuration((key, value))), key, expected);

    [Test]
    public void Each_quota_has_a_default_and_can_be_set()
    {
        Assert.That(QuotaSettings.Read(Configuration()), Is.EqualTo(new Quotas(5L << 30, 10_000, 100_000, 100)));
        Assert.That(QuotaSettings.Read(Configuration()).UploadLifetime, Is.EqualTo(TimeSpan.FromHours(24)));

        var settings = Configuration(
            ("Quotas:GuildMegabytes", "2147483647"), ("Quotas:GuildImages", "0"), ("Quotas:GuildGames", "3"),
            ("Quotas:UnusedUploads", "4"), ("Quotas:UploadLifetime", "2.03:00:00"));
        Assert.That(
            QuotaSettings.Read(settings),
            Is.EqualTo(new Quotas(2_147_483_647L << 20, 0, 3, 4) { UploadLifetime = new(2, 3, 0, 0) }));
    }

    [TestCase("Quotas:GuildMegabytes", "-1", "a whole number from 0 to 2147483647")]
    [TestCase("Quotas:GuildMegabytes", "5 GiB", "a whole number from 0 to 2147483647")]
    [TestCase("Quotas:GuildImages", "2147483648", "a whole number from 0 to 2147483647")]
    [TestCase("Quotas:GuildGames", "", "a whole number from 0 to 2147483647")]
    [TestCase("Quotas:UnusedUploads", "1.5", "a whole number from 0 to 2147483647")]
    [TestCase("Quotas:UploadLifetime", "24", "a time from 00:01:00 to 365.00:00:00")]
    [TestCase("Quotas:UploadLifetime", "24:00:00", "a time from 00:01:00 to 365.00:00:00")]
    [TestCase("Quotas:UploadLifetime", "00:00:59", "a time from 00:01:00 to 365.00:00:00")]
    [TestCase("Quotas:UploadLifetime", "365.00:00:01", "a time from 00:01:00 to 365.00:00:00")]
    [TestCase("Quotas:GuildBytes", "1", "GuildMegabytes, GuildImages, GuildGames, UnusedUploads, UploadLifetime")]
    [TestCase("Quotas", "1", "GuildMegabytes, GuildImages, GuildGames, UnusedUploads, UploadLifetime")]
    public void An_invalid_quota_is_rejected(string key, string value, string expected) =>
        AssertRefused(() => QuotaSettings.Read(Configuration((key, value))), key, expected);

    [Test]
    public void An_invalid_connection_string_for_changes_is_rejected() => AssertRefused(
        () => new ServiceCollection().AddInfrastructure(
            Configuration(
                ("ConnectionStrings:GameImages", "Host=h"),
                ("ConnectionStrings:PublicImages", "Host=h"),
                ("ConnectionStrings:Changes", "x")),
            checkRoles: false,
            cacheBytes: 1),
        "ConnectionStrings:Changes", "is not a connection string");

    private static void AssertRefused(Action read, string key, string expected) =>
        Assert.That(
            read,
            Throws
                .TypeOf<InvalidSettingException>()
                .With.Message.Contains(expected)
                .And.Message.Contains(string.Join(':', key.Split(':').Take(2))));

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
}
