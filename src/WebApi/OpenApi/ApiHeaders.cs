using GameImages.Application.Images;
using GameImages.WebApi.Http;
using GameImages.WebApi.Sessions;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The headers of requests and responses, each described once.</summary>
internal static class ApiHeaders
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
        ["GameETag"] = (
            "ETag", "The version of the game, for If-Match and If-None-Match.",
            "\"x4WkcCz1Tq2Lw0bq9sYd3A.lGk3P9wq0fZ2mXc8R4tVbA\""),
        ["GameCacheControl"] = (
            "Cache-Control",
            "Only the caller may cache the response, and has to revalidate it before each use.",
            "private, no-cache"),
        ["Location"] = (
            "Location",
            "The URL of the new game.",
            "https://games.example.org/api/v1/games/6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60"
        ),
        ["ImageLocation"] = (
            "Location",
            "The public URL of the image.",
            "https://games.example.org/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.png"),
        ["OriginalLocation"] = (
            "Location", "The path of the original.", "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.png"),
        ["Replayed"] = (
            IdempotencyKeys.ReplayedHeader, "Present if the response is that of an earlier request with the same key.", "true"),
        ["Authenticate"] = (
            "WWW-Authenticate",
            "Requires a bearer token, and says what is wrong with the token of the request.",
            "Bearer error=\"invalid_token\""),
        ["NoStore"] = ("Cache-Control", "Errors may not be cached.", "no-store"),
        ["NotKept"] = ("Cache-Control", "The result may not be cached.", "no-store, no-cache"),
        ["AnswerNotKept"] = ("Cache-Control", "The response may not be cached.", "no-store"),
        ["PictureCacheControl"] = ("Cache-Control", "Only the caller may cache the image, for an hour.", "private, max-age=3600"),
        ["RetryAfter"] = ("Retry-After", "The number of seconds after which the client may try again.", "1"),
        ["RetryAfterRate"] = ("Retry-After", "The number of seconds after which the client may try again. Absent for a quota.", "12"),
        ["ImageETag"] = ("ETag", "The SHA-256 of the image.", "\"a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108\""),
        ["ImageCacheControl"] = (
            "Cache-Control",
            "Every cache may store the image for an hour.",
            $"public, max-age={PublicImage.ClientCacheTime.TotalSeconds}"),
        ["AcceptEncoding"] = ("Accept-Encoding", "The body has to be sent without this request's Content-Encoding.", "identity"),
        ["AcceptRanges"] = ("Accept-Ranges", "The client may request ranges of the image.", "bytes"),
        ["ContentLength"] = (
            "Content-Length", "The number of bytes of the body; for HEAD, of the body that GET would have.", "65536"),
        ["ContentRange"] = ("Content-Range", "The range of the bytes, and the length of the image.", "bytes 0-65535/200067"),
        ["UnsatisfiedRange"] = ("Content-Range", "The length of the image.", "bytes */200067"),
        ["AllowOrigin"] = ("Access-Control-Allow-Origin", "Pages of every origin may read the response.", "*"),
        ["ContentTypeOptions"] = ("X-Content-Type-Options", "The browser has to use the Content-Type.", "nosniff"),
        ["ContentSecurityPolicy"] = (
            "Content-Security-Policy", "The response cannot run scripts or load anything.", "default-src 'none'; sandbox"),
        ["ResourcePolicy"] = ("Cross-Origin-Resource-Policy", "Pages of every origin may show the image.", "cross-origin"),
        ["ExposeHeaders"] = (
            "Access-Control-Expose-Headers",
            "The headers that scripts of other origins may read.",
            "Content-Range, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"),
        ["RateLimit"] = (
            "X-RateLimit-Limit",
            "The number of requests that a window allows. It describes the window with the fewest requests left.",
            "60"),
        ["RateRemaining"] = ("X-RateLimit-Remaining", "The number of requests that are left in this window.", "59"),
        ["RateReset"] = ("X-RateLimit-Reset", "The number of seconds until the window allows more requests.", "60"),
        ["Allow"] = ("Allow", "The methods that are allowed for images.", "GET, HEAD, OPTIONS"),
        ["AllowMethods"] = ("Access-Control-Allow-Methods", "The methods that pages may use.", "GET, HEAD, OPTIONS"),
        ["AllowHeaders"] = ("Access-Control-Allow-Headers", "The headers that pages may send.", "If-None-Match, If-Range, Range"),
    };

    // A response that a shared cache may store has no rate limits. A 415 has Accept-Encoding only when the coding is the reason.
    private static readonly HashSet<string> Optional =
        ["RateLimit", "RateRemaining", "RateReset", "AcceptEncoding", "Replayed", "RetryAfterRate"];

    private static readonly Dictionary<string, (string Description, string Example)> Requests = new()
    {
        ["If-Match"] = ("Perform the request only if the resource has one of these entity tags.", "\"x4WkcCz1Tq2Lw0bq9sYd3A\""),
        ["If-None-Match"] = (
            "Perform the request only if the resource has none of these entity tags. A read is 304 otherwise.",
            "\"x4WkcCz1Tq2Lw0bq9sYd3A\""),
        ["Range"] = ("Respond with this range only.", "bytes=0-65535"),
        [IdempotencyKeys.Header] = (
            "Makes the request safe to repeat for 24 hours: a repetition gets the response of the first request, and changes nothing. "
            + "1 to 255 visible ASCII characters, which the client chooses anew for each request.",
            "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        [CsrfProtection.Header] = ("The csrf_token of the session. Required with a session, but not with a bearer token.", "CfDJ8…"),
        ["If-Range"] = (
            "Respond with the whole image if its entity tag has changed.",
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
                Required = !Optional.Contains(key),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = example,
            });
        }

        foreach (var (name, (description, example)) in Requests)
        {
            // The example is in the description. The page to try the API would send an example of the parameter with each request.
            document.AddComponent(name, new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = $"{description} Example: {example}.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}
