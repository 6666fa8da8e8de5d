using System.Text.RegularExpressions;
using GameImages.Application.Games;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Games;

/// <summary>
/// The version of a game as an entity tag, and the conditions of requests on it (RFC 9110 sections 8.8.3 and 13). A proxy that compresses
/// responses changes their tags: it makes them weak, or appends the name of the coding. Such a tag still names the version that the client
/// has read, so it counts as the tag of the service (docs/decisions/0018-tags-behind-proxies.md).
/// </summary>
internal static partial class GameVersion
{
    extension(HttpRequest request)
    {
        /// <returns>The versions that the request allows, or null for any. Malformed tags match no version.</returns>
        public IReadOnlyCollection<string>? IfMatch()
        {
            if (!request.Headers.ContainsKey(HeaderNames.IfMatch))
                return null;

            var tags = request.GetTypedHeaders().IfMatch;
            return tags.Contains(EntityTagHeaderValue.Any) ? null : [.. tags.Select(tag => Parts(tag).Groups["version"].Value)];
        }

        /// <returns>Whether If-None-Match names what the service would send of the game, or anything.</returns>
        public bool HasCopyOf(GameResponse game) =>
            request.GetTypedHeaders().IfNoneMatch.Any(
                tag => tag.Equals(EntityTagHeaderValue.Any) || Parts(tag).Groups["tag"].Value == Tag(game));
    }

    /// <summary>
    /// Adds the version of the game to the response. Only the caller may cache the response, and has to revalidate it before each use.
    /// </summary>
    public static void Describe(this HttpResponse response, GameResponse game)
    {
        response.Headers.ETag = $"\"{Tag(game)}\"";
        response.Headers.CacheControl = "private, no-cache";
    }

    // Variants change what a client shows, but they are no change that a writer has to know. So If-Match compares the version only.
    private static string Tag(GameResponse game) => $"{game.Version}.{game.ImagesVersion}";

    private static Match Parts(EntityTagHeaderValue tag) => Form().Match(tag.Tag.Value!.Trim('"'));

    // Earlier versions of the service sent the version of the game alone. Proxies append "-gzip", "--gzip" or ";gzip". A version has 22
    // characters, which may be hyphens, too.
    [GeneratedRegex(@"^(?<tag>(?<version>[\w-]{22})(?:\.[\w-]{22})?)(?:(?:--?|;)(?:gzip|br|zstd|deflate))?\z")]
    private static partial Regex Form();
}
