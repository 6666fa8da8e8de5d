using System.Security.Cryptography;
using System.Text.Json;
using GameImages.Application;
using GameImages.Domain.Images;

namespace GameImages.WebApi.Http;

/// <summary>
/// Reads the Idempotency-Key of a request (draft-ietf-httpapi-idempotency-key-header). The service takes it as it is, with quotes or
/// without.
/// </summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int MaxLength = 255;

    /// <returns>Whether the service carries out repetitions of the request only once.</returns>
    public static bool AppliesTo(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Headers.ContainsKey(Header);

    /// <summary>Checks the header before the service receives the body.</summary>
    /// <exception cref="InvalidFieldsException">The key is malformed.</exception>
    public static void Check(HttpRequest request) => Key(request);

    /// <param name="fields">What is requested, apart from the images.</param>
    /// <returns>Null if the request has no key. A repetition has the same fingerprint, also when its form has another boundary.</returns>
    /// <exception cref="InvalidFieldsException">The key is malformed.</exception>
    public static IdempotencyKey? Read(HttpRequest request, object? fields, params ImageContent?[] images)
    {
        if (Key(request) is not { } key)
            return null;

        var parts = new object?[] { $"{request.Method} {request.Path}", fields, images.Select(image => image?.Hash.ToString()) };
        return new(key, ContentHash.FromDigest(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts, ApiJson.Json))));
    }

    public static void Describe<T>(this HttpResponse response, Answer<T> answer)
    {
        if (answer.IsReplayed)
            response.Headers[ReplayedHeader] = "true";
    }

    private static string? Key(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
            return null;

        return values is [{ Length: >= 1 and <= MaxLength } key] && key.All(c => c is > ' ' and < '\x7F')
            ? key
            : throw new InvalidFieldsException(new() { [Header] = [$"One key of 1 to {MaxLength} visible ASCII characters."] });
    }
}
