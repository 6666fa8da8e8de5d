using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using Microsoft.Extensions.Caching.Memory;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Fetches the icons of guilds and the avatars of users from Discord. A page therefore sends no requests to a third party.
/// </summary>
internal sealed class DiscordImages(DiscordApi discord) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 16 * 1024 * 1024 });

    public Task<ImageContent?> FindIconAsync(DiscordGuild guild) => FindAsync($"icons/{guild.Id}", guild.Icon);

    public Task<ImageContent?> FindAvatarAsync(Session session) => FindAsync($"avatars/{session.UserId}", session.Avatar);

    public void Dispose() => cache.Dispose();

    /// <returns>Null if there is no such file, if it is not an image, or if Discord does not respond with it now.</returns>
    private async Task<ImageContent?> FindAsync(string folder, string? hash)
    {
        // The hash becomes a part of a path.
        if (hash is null || !hash.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            return null;

        var path = $"{folder}/{hash}.png?size=128";

        if (cache.TryGetValue(path, out ImageContent? image))
            return image;

        try
        {
            image = await discord.FindFileAsync(path) is { } bytes ? ImageContent.Read(bytes, new()) : null;
        }
        catch (ImageRefusedException)
        {
            image = null;
        }
        catch (HttpRequestException)
        {
            return null;
        }

        return cache.Set(
            path,
            image,
            new MemoryCacheEntryOptions { Size = image?.Bytes.Length ?? path.Length, AbsoluteExpirationRelativeToNow = MaxAge });
    }
}
