using GameImages.Application.Games;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Games;

/// <summary>The version of a game as an entity tag, and the conditions of requests on it (RFC 9110 sections 8.8.3 and 13).</summary>
internal static class GameVersion
{
    extension(HttpRequest request)
    {
        /// <returns>The versions that the request allows, or null for any. Weak and malformed tags match no version.</returns>
        public IReadOnlyCollection<string>? IfMatch()
        {
            if (!request.Headers.ContainsKey(HeaderNames.IfMatch))
                return null;

            var tags = request.GetTypedHeaders().IfMatch;
            return tags.Contains(EntityTagHeaderValue.Any)
                ? null
                : [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.Value!.Trim('"'))];
        }

        public bool HasCopyOf(GameResponse game) =>
            request
                .GetTypedHeaders()
                .IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(Tag(game), useStrongComparison: false));
    }

    /// <summary>
    /// Adds the version of the game to the response. Only the caller may cache the response, and has to revalidate it before each use.
    /// </summary>
    public static void Describe(this HttpResponse response, GameResponse game)
    {
        response.Headers.ETag = Tag(game).ToString();
        response.Headers.CacheControl = "private, no-cache";
    }

    private static EntityTagHeaderValue Tag(GameResponse game) => new($"\"{game.Version}\"");
}
