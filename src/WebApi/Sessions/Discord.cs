using System.Net;
using System.Text.Json;
using GameImages.Domain.Games;

namespace GameImages.WebApi.Sessions;

/// <summary>An access token (RFC 6749) with the scopes identify and guilds.</summary>
internal sealed record DiscordToken(string Value, DateTimeOffset ExpiresAt)
{
    // What prints a session must not print this.
    public override string ToString() => nameof(DiscordToken);
}

internal sealed record DiscordUser(Snowflake Id, string Username, string? GlobalName = null, string? Avatar = null);

internal sealed record DiscordGuild(Snowflake Id, string Name, string? Icon = null);

/// <summary>Discord's HTTP API, as far as sessions need it. Where Discord does not answer as it should, or not within 5 seconds, an HttpRequestException says so.</summary>
internal sealed class Discord(SignInSettings settings) : IDisposable
{
    private const int MaxPictureBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Strict = new(ApiJson.Json)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly HttpClient api = Client(1024 * 1024);
    private readonly HttpClient cdn = Client(MaxPictureBytes);

    /// <returns>Null when Discord refuses the token.</returns>
    public Task<DiscordUser?> FindUserAsync(string token) => GetAsync<DiscordUser>("users/@me", token);

    /// <returns>All guilds of the user, of which there are 200 at most; null when Discord refuses the token.</returns>
    public async Task<IReadOnlyList<DiscordGuild>?> FindGuildsAsync(string token) =>
        await GetAsync<DiscordGuild?[]>("users/@me/guilds", token) is { } guilds
            ? [.. guilds.OfType<DiscordGuild>().DistinctBy(guild => guild.Id)]
            : null;

    /// <summary>Makes a token worthless (RFC 7009).</summary>
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

    /// <returns>At most 256 KiB, whatever they are; null when there is no such file.</returns>
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
            throw new HttpRequestException($"Discord's answer about {path} cannot be read.", unreadable);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request);
        }
        catch (TaskCanceledException late)
        {
            throw new HttpRequestException("Discord did not answer in time.", late);
        }
    }

    // A redirect would take the token elsewhere.
    private static HttpClient Client(int maxBytes) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = maxBytes,
            DefaultRequestHeaders = { { "User-Agent", "GameImages" } },
        };
}
