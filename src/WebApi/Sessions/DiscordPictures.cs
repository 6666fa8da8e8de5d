using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using Microsoft.Extensions.Caching.Memory;

namespace GameImages.WebApi.Sessions;

/// <summary>Icons of guilds and avatars, fetched for the page so that it need not ask a third party.</summary>
internal sealed class DiscordPictures(Discord discord) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = 16 * 1024 * 1024 });

    public Task<ImageContent?> FindIconAsync(DiscordGuild guild) => FindAsync($"icons/{guild.Id}", guild.Icon);

    public Task<ImageContent?> FindAvatarAsync(Session session) => FindAsync($"avatars/{session.UserId}", session.Avatar);

    public void Dispose() => kept.Dispose();

    /// <returns>Null when there is none, or nothing that is a picture, or Discord does not give it now.</returns>
    private async Task<ImageContent?> FindAsync(string folder, string? hash)
    {
        // It becomes part of a path.
        if (hash is null || !hash.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            return null;

        var path = $"{folder}/{hash}.png?size=128";

        if (kept.TryGetValue(path, out ImageContent? picture))
            return picture;

        try
        {
            picture = await discord.FindFileAsync(path) is { } bytes ? ImageContent.Read(bytes, new()) : null;
        }
        catch (ImageRefusedException)
        {
            picture = null;
        }
        catch (HttpRequestException)
        {
            return null;
        }

        return kept.Set(
            path,
            picture,
            new MemoryCacheEntryOptions { Size = picture?.Bytes.Length ?? path.Length, AbsoluteExpirationRelativeToNow = MaxAge });
    }
}
