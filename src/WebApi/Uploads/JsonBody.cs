using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace GameImages.WebApi.Uploads;

/// <summary>Reads a body that is a JSON object.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="BadHttpRequestException">The request announces a body that is too long.</exception>
    public static void CheckLength(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes)
            throw TooLong();
    }

    /// <exception cref="BadHttpRequestException">The body is too long or not a JSON object.</exception>
    public static async Task<JsonObject> ReadAsync(Stream body, UploadBuffer buffer, CancellationToken ct)
    {
        var bytes = await buffer.ReadTextAsync(body, MaxBytes, TooLong, ct);
        return Parse(bytes.Span);
    }

    /// <exception cref="BadHttpRequestException">The body is not a JSON object.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> bytes)
    {
        // A reader may ignore the mark (RFC 8259 section 8.1), and some editors and libraries write it.
        if (bytes.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        if (!Utf8.IsValid(bytes))
            throw new BadHttpRequestException("The body is not UTF-8.");

        try
        {
            var fields = JsonNode.Parse(bytes, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new BadHttpRequestException("The body is not a JSON object.");

            // Counting reads the names. A name with half a surrogate pair throws the InvalidOperationException.
            _ = fields.Count;
            return fields;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The body is not valid JSON, or names a field twice.", invalid);
        }
    }

    private static BadHttpRequestException TooLong() =>
        new($"The body is too long. The limit is {MaxBytes / 1024} KiB.", StatusCodes.Status413PayloadTooLarge);
}
