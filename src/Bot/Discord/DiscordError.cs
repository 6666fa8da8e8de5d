using System.Text.Json;
using System.Text.Json.Serialization;

namespace GameImages.Bot.Discord;

/// <summary>Why Discord refuses: its documentation, "Error Messages".</summary>
/// <param name="RetryAfter">In seconds, with 429 alone.</param>
internal sealed record DiscordError(int Code, string? Message, JsonElement? Errors, double? RetryAfter, bool Global)
{
    private const int MaxReasonLength = 1000;

    /// <returns>Null when it is not Discord that speaks.</returns>
    public static DiscordError? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AnswerJson.Default.DiscordError);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Code, message and what is wrong with which field, cut where it is too long to be read.</returns>
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

    // The path is that of the field.
    private static string Below(string path, string name) =>
        name is "_errors" or "code" or "message" ? path : path.Length == 0 ? name : $"{path}.{name}";
}

/// <summary>The fields of a channel that the bot reads (Discord's documentation, "Channel Object").</summary>
internal sealed record AnsweredChannel(string? Id, string? GuildId);

/// <summary>What is read of a message that Discord answers with.</summary>
internal sealed record AnsweredMessage(string? Id, IReadOnlyList<AnsweredEmbed>? Embeds);

internal sealed record AnsweredEmbed(AnsweredImage? Thumbnail, AnsweredImage? Image);

/// <summary>Both are 0 or absent when Discord could not fetch it.</summary>
internal sealed record AnsweredImage(int? Width, int? Height)
{
    public bool IsShown => Width > 0 && Height > 0;
}

[JsonSerializable(typeof(AnsweredChannel))]
[JsonSerializable(typeof(AnsweredMessage))]
[JsonSerializable(typeof(DiscordError))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class AnswerJson : JsonSerializerContext;
