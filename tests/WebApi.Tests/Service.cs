using System.Net.Http.Headers;
using GameImages.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GameImages.WebApi.Tests;

/// <summary>The service on a real Kestrel, over a database of its own, with a key of its own for tokens.</summary>
public sealed class Service : WebApplicationFactory<Program>
{
    private const string Issuer = "tests";
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    private readonly (string Key, string Value)[] settings;

    public Service(TestDatabase database, params (string Key, string Value)[] settings)
    {
        this.settings = [("ConnectionStrings:GameImages", database.ConnectionString), .. settings];
        UseKestrel(0);
        StartServer();
    }

    /// <returns>A client with the token of user 7, a member of these guilds; without one when there are none.</returns>
    public HttpClient CreateClient(params long[] guilds)
    {
        var client = new HttpClient { BaseAddress = ClientOptions.BaseAddress };

        if (guilds.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(guilds));

        return client;
    }

    /// <param name="change">Makes it another token than a good one.</param>
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
        const string bearer = "Authentication:Schemes:Bearer";
        builder.UseEnvironment("Production");
        builder.UseSetting($"{bearer}:ValidIssuer", Issuer);
        builder.UseSetting($"{bearer}:ValidAudiences:0", Issuer);
        builder.UseSetting($"{bearer}:SigningKeys:0:Issuer", Issuer);
        builder.UseSetting($"{bearer}:SigningKeys:0:Value", Convert.ToBase64String(Key));

        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
    }
}
