using System.Net;
using System.Text.Json;
using GameImages.Domain.Games;
using GameImages.WebApi.Http;

namespace GameImages.WebApi.Sessions;

/// <summary>An access token (RFC 6749) with the scopes identify and guilds.</summary>
internal sealed record DiscordToken(string Value, DateTimeOffset ExpiresAt)
{
    // A log or an error that prints a session must not print the token.
    public override string ToString() => nameof(DiscordToken);
}

internal sealed record DiscordUser(Snowflake Id, string Username, string? GlobalName = null, string? Avatar = null);

internal sealed record DiscordGuild(Snowflake Id, string Name, string? Icon = null);

/// <summary>
/// The requests to Discord's HTTP API that sessions need. A request throws an HttpRequestException if Discord does not respond within 5
/// seconds, or responds with something unexpected.
/// </summary>
internal sealed class DiscordApi(SignInSettings settings) : IDisposable
{
    private const int MaxImageBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Strict = new(ApiJson.Json)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly HttpClient api = Client(1024 * 1024);
    private readonly HttpClient cdn = Client(MaxImageBytes);

    /// <returns>Null if Discord rejects the token.</returns>
    public Task<DiscordUser?> FindUserAsync(string token) => GetAsync<DiscordUser>("users/@me", token);

    /// <returns>All guilds of the user, at most 200; null if Discord rejects the token.</returns>
    public async Task<IReadOnlyList<DiscordGuild>?> FindGuildsAsync(string token) =>
        await GetAsync<DiscordGuild?[]>("users/@me/guilds", token) is { } guilds
            ? [.. guilds.OfType<DiscordGuild>().DistinctBy(guild => guild.Id)]
            : null;

    /// <summary>Revokes a token (RFC 7009).</summary>
    public async Task RevokeAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.TokenEndpoint}/revoke")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = settings.ClientId!,
                ["client_secret"] = settings.ClientSecret!,
                ["token"] = token,
                ["token_type_hint"] = "access_token",
            }),
        };
        using var response = await SendAsync(api, request);
        response.EnsureSuccessStatusCode();
    }

    /// <returns>The bytes of the file, at most 256 KiB, which may be anything; null if there is no such file.</returns>
    public async Task<byte[]?> FindFileAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{settings.CdnUrl}/{path}");
        using var response = await SendAsync(cdn, request);

        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    public void Dispose()
    {
        api.Dispose();
        cdn.Dispose();
    }

    private async Task<T?> GetAsync<T>(string path, string token)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{settings.ApiUrl}/{path}")
        {
            Headers = { Authorization = new("Bearer", token) },
        };
        using var response = await SendAsync(api, request);

        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return null;

        response.EnsureSuccessStatusCode();

        try
        {
            return JsonSerializer.Deserialize<T>(await response.Content.ReadAsByteArrayAsync(), Strict) ?? throw new JsonException();
        }
        catch (JsonException unreadable)
        {
            throw new HttpRequestException($"Discord's response to {path} cannot be read.", unreadable);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request);
        }
        catch (TaskCanceledException timeout)
        {
            throw new HttpRequestException("Discord did not respond in time.", timeout);
        }
    }

    // A redirect could send the token to another host.
    private static HttpClient Client(int maxBytes) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = maxBytes,
            DefaultRequestHeaders = { { "User-Agent", "GameImages" } },
        };
}
