using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>
/// The errors (RFC 9457). Each is described once for games, and once for images, whose responses have the headers of the public route.
/// </summary>
internal static class Problems
{
    private const string Game = "6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60";
    private const string Image = "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01";
    private const string Unavailable = "The database is unavailable. Nothing was changed; try again.";
    private const string ImageRejected = "The image is refused.";

    private static readonly Dictionary<int, ProblemText> OfGames = new()
    {
        [400] = new(
            "The request is malformed (the response has no body if it is not valid HTTP), some fields are not valid, "
                + "or a request with a session needs a valid X-CSRF-Token (code csrf).",
            "The body is not valid JSON, or names a field twice."),
        [401] = new("The request has neither a valid bearer token nor a valid session (code session_ended)."),
        [403] = new("The caller is not a member of the guild, or may not name this host.", "You are not a member of guild 43."),
        [404] = new("There is no such game in the caller's guilds.", $"There is no game {Game}."),
        [408] = new("The body did not arrive in time, or it was slow while others waited for memory.", "An upload may take 2 minutes."),
        [409] = new(
            "An earlier request with the same Idempotency-Key is in progress.",
            "A request with this Idempotency-Key is in progress. Repeat it later."),
        [412] = new(
            "The game has none of the versions that If-Match names, or one that If-None-Match names.",
            $"Game {Game} was changed since the version that the request expects. If-Match names an older version."),
        [413] = new(
            "An image or the text is too long, or the guild may not store more images (with the members quota, limit and use).",
            "An image has at most 5242880 bytes.", ImageRejected),
        [415] = new(
            "The type of an image or of the body is not supported, or the body has a Content-Encoding.",
            "The bytes are none of PNG, JPEG, GIF and WebP.", ImageRejected),
        [422] = new(
            "An image is empty, broken or too large, the channel belongs to another guild, the caller may not use an image, "
                + "or the Idempotency-Key belongs to another request.",
            "The image is empty.", ImageRejected),
        [451] = new(
            "An image may not be stored, because the operators have blocked it.",
            "The operators of this service have blocked this image.",
            ImageRejected),
        [429] = new(
            "The caller sent more requests than a window allows, or too many lists or searches at once. Without Retry-After: the guild "
                + "may not have more games, or the caller more unused uploads. A quota has the members quota, limit and use.",
            "You sent too many requests. Try again in 12 seconds."),
        [500] = new("The service failed.", "The service failed. Its operators can find the reason in the log under the trace_id."),
        [503] = new(
            "The database is unavailable, a list took longer than 2 seconds, or too much is being uploaded at once. "
                + "Nothing was changed, unless the detail says that a change may have been made.",
            Unavailable),
    };

    private static readonly Dictionary<int, ProblemText> OfImages = new()
    {
        [404] = new("There is no such image, or its type does not have this extension.", $"There is no image {Image}."),
        [412] = new("The image does not have an entity tag that If-Match names."),
        [416] = new("The range begins after the end of the image."),
        [429] = new(
            "The client sent more requests than a window allows.",
            "Too many images were requested. Try again in 12 seconds."),
        [500] = OfGames[500],
        [503] = new("The database is unavailable.", Unavailable),
    };

    public static void AddTo(OpenApiOperation operation, IEnumerable<int> statuses, OpenApiDocument document, bool ofImage = false)
    {
        foreach (var status in statuses.Order())
            operation.Responses![$"{status}"] = new OpenApiResponseReference(Name(status, ofImage), document);
    }

    /// <returns>The response for the same status with another reason.</returns>
    public static OpenApiResponse Other(int status, string when, string path, OpenApiDocument document) =>
        ProblemResponses.Create(status, new(when), path, [], document);

    public static void AddTo(OpenApiDocument document)
    {
        ProblemSchemas.AddTo(document);

        foreach (var (status, text) in OfGames)
        {
            document.AddComponent(
                Name(status, ofImage: false), ProblemResponses.Create(status, text, $"/api/v1/games/{Game}", [], document));
        }

        foreach (var (status, text) in OfImages)
        {
            // The framework sets these headers before it evaluates the conditions.
            string[] ofImage = status switch { 412 => ["ImageETag"], 416 => ["ImageETag", "AcceptRanges"], _ => [] };
            string[] headers = [.. ofImage, .. ApiHeaders.OfPublicRoute];
            document.AddComponent(
                Name(status, ofImage: true),
                ProblemResponses.Create(status, text, $"/api/v1/public/images/{Image}", headers, document));
        }
    }

    private static string Name(int status, bool ofImage) =>
        $"{(ofImage ? "Image" : "")}{ReasonPhrases.GetReasonPhrase(status).Replace(" ", "")}";
}

/// <summary>The texts of a response with an error.</summary>
/// <param name="When">The cause of the error, for the description.</param>
/// <param name="Detail">The detail of the example; null for none.</param>
/// <param name="Title">The title of the example; null for the reason phrase of the status.</param>
internal sealed record ProblemText(string When, string? Detail = null, string? Title = null);
