using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Authentication;

/// <summary>
/// Enforces the rules of RFC 7515 and RFC 7519 that the token library does not enforce. The library ignores text after the closing brace
/// of the JSON, takes the last of two claims with one name, ignores "crit" and accepts a date that is a string.
/// </summary>
internal static class TokenRules
{
    // The end of the year 9999. .NET has no later dates.
    private const double LastDate = 253_402_300_799;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] Dates = [JwtRegisteredClaimNames.Exp, JwtRegisteredClaimNames.Nbf, JwtRegisteredClaimNames.Iat];

    /// <param name="token">A token whose signature is valid.</param>
    /// <returns>The reason why the token is rejected, or null.</returns>
    public static string? FindRejection(JsonWebToken token)
    {
        try
        {
            _ = Decode(token.EncodedSignature);
            using var header = Read(token.EncodedHeader);
            using var claims = Read(token.EncodedPayload);
            return FindRejection(header.RootElement, claims.RootElement);
        }
        // A text with half a surrogate pair throws the InvalidOperationException.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return $"The token is malformed: {malformed.Message}";
        }
    }

    private static string? FindRejection(JsonElement header, JsonElement claims)
    {
        // RFC 7515 section 4.1.11: "crit" lists extensions that the recipient has to understand. This service understands none.
        if (header.TryGetProperty("crit", out _))
            return "The token has a critical header parameter that is not supported.";

        // RFC 7519 section 2: a date is a number of seconds since 1970, which may have a fraction.
        var malformed = Dates.FirstOrDefault(name => claims.TryGetProperty(name, out var date) && !IsDate(date));
        return malformed is null ? Caller.FindRejection(claims) : $"The token's {malformed} is not a number of seconds since 1970.";
    }

    private static bool IsDate(JsonElement date) =>
        date.ValueKind == JsonValueKind.Number && date.TryGetDouble(out var seconds) && seconds is >= 0 and <= LastDate;

    private static JsonDocument Read(string part)
    {
        var json = Decode(part);
        return Utf8.IsValid(json) ? JsonDocument.Parse(json, Strict) : throw new FormatException("A part is not UTF-8.");
    }

    // Base64Url alone would also accept padding and spaces (RFC 7515 section 2).
    private static byte[] Decode(string part) =>
        part.AsSpan().ContainsAnyExcept(Letters) ? throw new FormatException("A part is not base64url.") : Base64Url.DecodeFromChars(part);
}
