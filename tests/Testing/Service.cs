using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GameImages.Infrastructure.Schema;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>The service on a real Kestrel server, with a database and a key for tokens of its own.</summary>
public sealed partial class Service : WebApplicationFactory<Program>
{
    private const string Issuer = "tests";
    /// <summary>The key that tokens are signed with.</summary>
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    private static readonly Dictionary<string, string> Bearer = new()
    {
        ["Authentication:Schemes:Bearer:ValidIssuer"] = Issuer,
        ["Authentication:Schemes:Bearer:ValidAudiences:0"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(Key),
    };

    /// <summary>Limits for most tests, which act as one user and send more requests than the default limits allow.</summary>
    public static readonly IReadOnlyDictionary<string, string> GenerousToUsers = new Dictionary<string, string>
    {
        ["Users:RateLimits:0:Permits"] = "1000000",
        ["Users:RateLimits:1:Permits"] = "1000000",
        ["Users:SearchRateLimits:0:Permits"] = "1000000",
        ["Users:SearchRateLimits:1:Permits"] = "1000000",
        ["Users:UploadRateLimits:0:Permits"] = "1000000",
        ["Quotas:UnusedUploads"] = "1000000",
        ["Users:Lists"] = "1000",
        ["Users:Searches"] = "1000",
    };

    // They also request more images than the limits of one client allow.
    private static readonly Dictionary<string, string> Generous = new(GenerousToUsers.AsEnumerable())
    {
        ["PublicImages:RateLimits:0:Permits"] = "10000",
        ["PublicImages:RateLimits:1:Permits"] = "10000",
    };

    public RecordedLog Log { get; } = new();

    private readonly Dictionary<string, string> settings;
    private readonly TimeProvider time;

    public Service(TestDatabase database, params (string Key, string Value)[] settings)
        : this(database, TimeProvider.System, [.. Generous.Select(setting => (setting.Key, setting.Value)), .. settings])
    {
    }

    /// <summary>Starts the service with its default rate limits.</summary>
    public Service(TestDatabase database, TimeProvider time, params (string Key, string Value)[] settings)
    {
        this.time = time;
        this.settings = new(Bearer)
        {
            ["ConnectionStrings:GameImages"] = database.ConnectionString(Roles.App),
            ["ConnectionStrings:PublicImages"] = database.ConnectionString(Roles.Public),
        };
        foreach (var (key, value) in settings)
            this.settings[key] = value;

        UseKestrel();
        StartServer();
    }

    /// <returns>A client with a token of user 7 as a member of these guilds; without a token if there are no guilds.</returns>
    public HttpClient CreateClient(params long[] guilds) => CreateClient(ClientOptions.BaseAddress, guilds);

    /// <summary>Starts the service in a process of its own, which can be killed and measured.</summary>
    public static Process StartProcess(TestDatabase database, params (string Key, string? Value)[] settings) =>
        StartProcess(typeof(Program).Assembly.Location, database, settings);

    public static Process StartProcess(string program, TestDatabase database, params (string Key, string? Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__GameImages"] = database.ConnectionString(Roles.App);
        start.Environment["ConnectionStrings__PublicImages"] = database.ConnectionString(Roles.Public);

        foreach (var (key, value) in Bearer.Concat(GenerousToUsers))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        return Process.Start(start)!;
    }

    /// <returns>A client as above for a process. The method waits until the process has printed its address.</returns>
    public static async Task<HttpClient> CreateClientAsync(Process process, params long[] guilds)
    {
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new AssertionException("The service ended.");

            if (Listening().Match(line).Groups["address"] is { Success: true } address)
                return CreateClient(new Uri(address.Value), guilds);
        }
    }

    /// <param name="change">Changes the token, for example to make it invalid.</param>
    public static string Token(long[] guilds, Action<SecurityTokenDescriptor>? change = null, byte[]? key = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "7", ["guild_ids"] = guilds.Select(guild => guild.ToString()).ToArray() },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key ?? Key), SecurityAlgorithms.HmacSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler().CreateToken(token);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        // UseKestrel(0) would set the port after the service has begun to start. That fails if the start is fast.
        builder.UseSetting("urls", "http://127.0.0.1:0");

        builder.ConfigureServices(services => services.AddSingleton(time).AddSingleton<ILoggerProvider>(Log));

        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
    }

    private static HttpClient CreateClient(Uri address, long[] guilds)
    {
        var client = new HttpClient { BaseAddress = address };

        if (guilds.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(guilds));

        return client;
    }

    [GeneratedRegex("listening on: (?<address>.*)")]
    private static partial Regex Listening();
}
