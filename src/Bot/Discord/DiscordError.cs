using System.Text.Json;

namespace GameImages.Bot.Discord;

/// <summary>An error that Discord reports (Discord's documentation, "Error Messages").</summary>
/// <param name="RetryAfter">The wait in seconds; only with status 429.</param>
internal sealed record DiscordError(int Code, string? Message, JsonElement? Errors, double? RetryAfter, bool Global)
{
    private const int MaxReasonLength = 1000;

    /// <returns>Null when the body is not an error of Discord.</returns>
    public static DiscordError? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ResponseJson.Default.DiscordError);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>The message, the code and the error of each invalid field, cut to a readable length.</returns>
    public string Describe()
    {
        var reason = string.Join("; ", [$"{Message} (code {Code})", .. Errors is { } errors ? Flatten("", errors) : []]);
        if (reason.Length <= MaxReasonLength)
            return reason;

        var end = MaxReasonLength - 1;
        return $"{reason[..(char.IsHighSurrogate(reason[end - 1]) ? end - 1 : end)]}…";
    }

    private static IEnumerable<string> Flatten(string path, JsonElement errors) => errors.ValueKind switch
    {
        JsonValueKind.Object => errors.EnumerateObject().SelectMany(property => Flatten(Below(path, property.Name), property.Value)),
        JsonValueKind.Array => errors.EnumerateArray().SelectMany(error => Flatten(path, error)),
        _ => [$"{path}: {errors}"],
    };

    // "_errors", "code" and "message" describe the error of a field, so they are not part of the field's path.
    private static string Below(string path, string name)
    {
        if (name is "_errors" or "code" or "message")
            return path;

        return path.Length == 0 ? name : $"{path}.{name}";
    }
}
