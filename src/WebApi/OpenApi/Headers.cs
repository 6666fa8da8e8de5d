using GameImages.Application.Images;
using GameImages.WebApi.Sessions;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The headers of requests and responses, each described once.</summary>
internal static class Headers
{
    public static readonly string[] OfGame = ["GameETag", "GameCacheControl"];
    public static readonly string[] OfImage = ["ImageETag", "ImageCacheControl"];
    public static readonly string[] OfImageBytes = ["AcceptRanges", "ContentLength"];
    public static readonly string[] OfPublicRoute =
    [
        "AllowOrigin",
        "ContentTypeOptions",
        "ContentSecurityPolicy",
        "ResourcePolicy",
        "ExposeHeaders",
        "RateLimit",
        "RateRemaining",
        "RateReset",
    ];

    private static readonly Dictionary<string, (string Name, string Description, string Example)> Responses = new()
    {
        ["GameETag"] = ("ETag", "The version of the game, for If-Match and If-None-Match.", "\"x4WkcCz1Tq2Lw0bq9sYd3A\""),
        ["GameCacheControl"] = (
            "Cache-Control",
            "The caller alone may keep it, and has to ask again before using it.",
            "private, no-cache"),
        ["Location"] = (
            "Location",
            "The URL of the new game.",
            "https://games.example.org/api/v1/games/6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60"
        ),
        ["Authenticate"] = (
            "WWW-Authenticate",
            "That a bearer token is needed, and what is wrong with the one that came.",
            "Bearer error=\"invalid_token\""),
        ["NoStore"] = ("Cache-Control", "Nobody may keep an error.", "no-store"),
        ["NotKept"] = ("Cache-Control", "The state of a moment.", "no-store, no-cache"),
        ["AnswerNotKept"] = ("Cache-Control", "Nobody may keep it.", "no-store"),
        ["PictureCacheControl"] = ("Cache-Control", "The caller alone may keep it, for an hour.", "private, max-age=3600"),
        ["RetryAfter"] = ("Retry-After", "After how many seconds to try again.", "1"),
        ["ImageETag"] = ("ETag", "The SHA-256 of the image.", "\"a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108\""),
        ["ImageCacheControl"] = ("Cache-Control", "Anybody may keep it for an hour.", $"public, max-age={PublicImage.MaxAgeSeconds}"),
        ["AcceptRanges"] = ("Accept-Ranges", "Parts of the image can be asked for.", "bytes"),
        ["ContentLength"] = ("Content-Length", "How many bytes the body has, or would have.", "65536"),
        ["ContentRange"] = ("Content-Range", "Which bytes these are, and how many there are.", "bytes 0-65535/200067"),
        ["UnsatisfiedRange"] = ("Content-Range", "How many bytes there are.", "bytes */200067"),
        ["AllowOrigin"] = ("Access-Control-Allow-Origin", "Pages of every origin may read it.", "*"),
        ["ContentTypeOptions"] = ("X-Content-Type-Options", "The Content-Type holds.", "nosniff"),
        ["ContentSecurityPolicy"] = ("Content-Security-Policy", "Nothing in it runs or loads anything.", "default-src 'none'; sandbox"),
        ["ResourcePolicy"] = ("Cross-Origin-Resource-Policy", "Pages of every origin may show it.", "cross-origin"),
        ["ExposeHeaders"] = (
            "Access-Control-Expose-Headers",
            "What scripts of other origins may read as well.",
            "Content-Range, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"),
        ["RateLimit"] = ("X-RateLimit-Limit", "How many requests the window allows that has the fewest left.", "60"),
        ["RateRemaining"] = ("X-RateLimit-Remaining", "How many of them are left.", "59"),
        ["RateReset"] = ("X-RateLimit-Reset", "In how many seconds there will be one more.", "60"),
        ["Allow"] = ("Allow", "The methods that images have.", "GET, HEAD, OPTIONS"),
        ["AllowMethods"] = ("Access-Control-Allow-Methods", "The same, for browsers.", "GET, HEAD, OPTIONS"),
        ["AllowHeaders"] = ("Access-Control-Allow-Headers", "The headers that pages may send.", "If-None-Match, If-Range, Range"),
    };

    private static readonly Dictionary<string, (string Description, string Example)> Requests = new()
    {
        ["If-Match"] = ("Answer only if what is there has one of these entity tags.", "\"x4WkcCz1Tq2Lw0bq9sYd3A\""),
        ["If-None-Match"] = ("Answer 304 if what is there has one of these entity tags.", "\"x4WkcCz1Tq2Lw0bq9sYd3A\""),
        ["Range"] = ("Answer with this part only.", "bytes=0-65535"),
        [CsrfProtection.Header] = ("The csrf_token of the session; needed with a session, and not with a bearer token.", "CfDJ8…"),
        ["If-Range"] = (
            "Answer with the whole image unless it still has this entity tag.",
            "\"a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108\""),
    };

    public static Dictionary<string, IOpenApiHeader> Response(OpenApiDocument document, IEnumerable<string> headers) =>
        headers.ToDictionary(header => Responses[header].Name, header => (IOpenApiHeader)new OpenApiHeaderReference(header, document));

    public static OpenApiParameterReference Request(string name, OpenApiDocument document) => new(name, document);

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (key, (_, description, example)) in Responses)
        {
            document.AddComponent(key, new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = example,
            });
        }

        foreach (var (name, (description, example)) in Requests)
        {
            // No example of its own: the page to try it would send that along.
            document.AddComponent(name, new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = $"{description} For instance {example}.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}
