using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;

namespace GameImages.Testing.Discord.Http;

/// <summary>The JSON and the files of a request.</summary>
/// <param name="Text">The text of the JSON; null when there is none.</param>
/// <param name="UnknownParts">The names of parts that are neither payload_json nor files[n].</param>
internal sealed record RequestBody(JsonElement Json, string? Text, IReadOnlyList<UploadedFile> Files, IReadOnlyList<string> UnknownParts)
{
    private static readonly RequestBody Empty = new(default, null, [], []);
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The refusal of a body that cannot be read; null when it can be read.</summary>
    public DiscordResponse? Refusal { get; private init; }

    public static async Task<RequestBody> ReadAsync(HttpRequest request, FakeDiscordSettings settings)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsDelete(request.Method))
            return Empty;
        if (await ReadBytesAsync(request, settings.MaxRequestBytes) is not { } bytes)
            return Refused(DiscordResponse.TooLarge);

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;

        return type?.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" => Read(bytes, [], []),
            "multipart/form-data" => await MultipartBody.ReadAsync(
                bytes,
                HeaderUtilities.RemoveQuotes(type!.Boundary).ToString(),
                settings.MaxFileBytes,
                request.HttpContext.RequestAborted),
            _ => Refused(DiscordResponse.InvalidFormBody(WrongContentType())),
        };
    }

    public static RequestBody Refused(DiscordResponse refusal) => Empty with { Refusal = refusal };

    public static RequestBody Read(ReadOnlySpan<byte> json, IReadOnlyList<UploadedFile> files, IReadOnlyList<string> unknownParts)
    {
        var text = Encoding.UTF8.GetString(json);

        try
        {
            _ = Utf8.GetCharCount(json);
            var root = JsonSerializer.Deserialize<JsonElement>(json);
            CheckText(root);
            return new(root, text, files, unknownParts);
        }
        catch (Exception invalid) when (invalid is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return Refused(DiscordResponse.InvalidJson) with { Text = text };
        }
    }

    // Reading an escaped lone surrogate throws InvalidOperationException.
    private static void CheckText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                CheckText(item);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;

        foreach (var property in element.EnumerateObject())
        {
            _ = property.Name;
            CheckText(property.Value);
        }
    }

    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
            return null;

        using var bytes = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];

        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var count)
        {
            if (bytes.Length + count > maxBytes)
                return null;

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static JsonObject WrongContentType() => new()
    {
        ["_errors"] = new JsonArray(new JsonObject
        {
            ["code"] = "CONTENT_TYPE_INVALID",
            ["message"] = "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.",
        }),
    };
}
