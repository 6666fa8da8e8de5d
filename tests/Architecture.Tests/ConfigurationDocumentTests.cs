using System.Text.Json;
using System.Text.RegularExpressions;
using GameImages.Application;
using GameImages.Bot.Discord;
using GameImages.Hosting;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure;
using GameImages.WebApi;
using GameImages.WebApi.Images;
using GameImages.WebApi.Sessions;
using GameImages.WebApi.Transport;
using GameImages.WebApi.Uploads;
using GameImages.WebApi.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GameImages.Architecture.Tests;

/// <summary>
/// Compares docs/configuration.md with the code. The programs' own readers run on a configuration that records each name that they ask
/// for. The names of environment variables, which no configuration sees, come from the source.
/// </summary>
public sealed partial class ConfigurationDocumentTests
{
    private static readonly string[] Sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "node_modules"))
            .Select(File.ReadAllText),
    ];

    // ASP.NET Core reads these, so no reader of ours asks for them.
    private static readonly string[] FrameworkNames =
    [
        "Authentication:Schemes:Bearer:Authority",
        "Authentication:Schemes:Bearer:SigningKeys",
        "Authentication:Schemes:Bearer:ValidIssuer",
        "Authentication:Schemes:Bearer:ValidAudiences",
        "AllowedHosts",
        "ASPNETCORE_ENVIRONMENT",
        "Logging:LogLevel:Default",
        "Logging:LogLevel:GameImages",
    ];

    private static readonly (string Name, string Default)[] Documented =
    [
        .. from line in File.ReadLines(Path.Combine(Checkout.Folder, "docs", "configuration.md"))
           let row = TableRow().Match(line)
           where row.Success
           select (row.Groups["name"].Value, row.Groups["default"].Value.Trim()),
    ];

    [Test]
    public void The_document_has_each_setting_that_the_code_reads() => Assert.That(
        RecordedNames().Concat(EnvironmentNames()).Where(read => !Documented.Any(setting => Matches(setting.Name, read))),
        Is.Empty);

    [Test]
    public void The_code_reads_each_setting_of_the_document()
    {
        string[] read = [.. RecordedNames(), .. EnvironmentNames(), .. FrameworkNames];

        Assert.That(Documented.Select(setting => setting.Name).Where(name => !read.Any(one => Matches(name, one))), Is.Empty);
    }

    [Test]
    public void The_document_has_each_setting_once() =>
        Assert.That(Documented.Select(setting => setting.Name), Is.Unique.And.Not.Empty);

    [Test]
    public void Setting_all_documented_defaults_changes_nothing()
    {
        var recorded = RecordedNames();
        KeyValuePair<string, string?>[] defaults =
        [
            .. from setting in Documented
               let value = setting.Default.Trim('`')
               where setting.Default.StartsWith('`') && Documented.All(other => other.Name != value)
               where recorded.Any(read => Matches(setting.Name, read))
               select KeyValuePair.Create(setting.Name, (string?)value),
        ];

        Assert.Multiple(() =>
        {
            Assert.That(defaults, Has.Length.GreaterThan(20));
            Assert.That(ReadAll(defaults), Is.EqualTo(ReadAll([])));
        });
    }

    // RecordedNames would miss a setting whose reader it does not call.
    [Test]
    public void Each_setting_in_the_source_is_recorded()
    {
        var segments = RecordedNames().SelectMany(name => name.Split(':')).ToHashSet();
        var inSource = Sources
            .SelectMany(text => SettingCall().Matches(text))
            .SelectMany(call => call.Groups["name"].Captures)
            .SelectMany(name => name.Value.Split(':'));

        Assert.That(inSource.Distinct().Except(segments), Is.Empty);
    }

    // The names that the service and the bot ask for. A name that begins other names is a section.
    private static string[] RecordedNames()
    {
        var recorder = new Recorder();
        foreach (var role in (string[])["GameImages", "PublicImages", "Changes", "Bot", "Variants"])
            recorder.Set($"ConnectionStrings:{role}", "Host=localhost");
        recorder.Set("Proxies:Known:0", "10.0.0.0/8");
        var configuration = new ConfigurationRoot([recorder]);

        ReadAll(configuration);
        new ServiceCollection()
            .AddInfrastructure(configuration, checkRoles: false, cacheBytes: 1)
            .AddOutbox(configuration, checkRole: false)
            .AddVariantBacklog(configuration, checkRole: false);
        return [.. recorder.Names.Where(name => !recorder.Names.Any(other => other.StartsWith($"{name}:", StringComparison.Ordinal)))];
    }

    private static string ReadAll(KeyValuePair<string, string?>[] settings) =>
        ReadAll(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static string ReadAll(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddWebApi(configuration);
        var environment = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Production }).Environment;

        return JsonSerializer.Serialize(new[]
        {
            Instance<ImageLimits>(services),
            Instance<UploadSettings>(services),
            Instance<Quotas>(services),
            PublicImageSettings.Read(configuration),
            VariantSettings.ReadWidths(configuration),
            UserSettings.Read(configuration),
            SignInSettings.Read(configuration, environment),
            // Networks have no JSON.
            TransportSettings.Read(configuration) with { KnownProxies = [] },
            DiscordSettings.Read(configuration, isDevelopment: false),
        });
    }

    private static object Instance<T>(IServiceCollection services) =>
        services.Single(service => service.ServiceType == typeof(T)).ImplementationInstance!;

    // In a name such as ConnectionStrings__{name}, the code fills in the braces.
    private static IEnumerable<string> EnvironmentNames() => Sources
        .SelectMany(text => PlainVariable().Matches(text).Concat(SectionVariable().Matches(text)))
        .Concat(ShellVariable().Matches(File.ReadAllText(Path.Combine(Checkout.Folder, "build", "run.sh"))))
        .Select(match => match.Groups["name"].Value.Replace("__", ":"))
        .Except(["PATH"])
        .Distinct();

    // {n} of the document is any number. {name} of the source is any word that the source has in quotes.
    private static bool Matches(string documented, string read)
    {
        var (left, right) = (documented.Split(':'), read.Split(':'));
        return left.Length == right.Length && left.Zip(right).All(part =>
            part.First == part.Second
            || (part.First == "{n}" && part.Second.All(char.IsAsciiDigit))
            || (part.Second.StartsWith('{') && Sources.Any(text => text.Contains($"\"{part.First}\"", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| (?<default>[^|]+) \|")]
    private static partial Regex TableRow();

    [GeneratedRegex("""\b(GetSection|GetConnectionString|AllowOnly)\((\s*"(?<name>[\w:]+)",?)+\s*\)""")]
    private static partial Regex SettingCall();

    [GeneratedRegex("""GetEnvironmentVariable\("(?<name>\w+)"\)""")]
    private static partial Regex PlainVariable();

    [GeneratedRegex(@"\b(?<name>(ConnectionStrings|Roles)(__[a-zA-Z{}]+)+)(?![\w{}])")]
    private static partial Regex SectionVariable();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_]\w*):[-+]")]
    private static partial Regex ShellVariable();

    private sealed class Recorder : ConfigurationProvider
    {
        public HashSet<string> Names { get; } = [];

        public override bool TryGet(string key, out string? value)
        {
            Names.Add(key);
            return base.TryGet(key, out value);
        }
    }
}
