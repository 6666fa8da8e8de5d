using System.Text.Json.Serialization;

namespace GameImages.Bot.Discord;

/// <summary>The fields of a channel that the bot reads (Discord's documentation, "Channel Object").</summary>
internal sealed record ChannelObject(string? Id, string? GuildId);

/// <summary>The fields of a message that the bot reads (Discord's documentation, "Message Object").</summary>
internal sealed record MessageObject(string? Id, IReadOnlyList<EmbedObject>? Embeds);

internal sealed record EmbedObject(ImageObject? Thumbnail, ImageObject? Image);

/// <summary>The size of an image. Both sides are 0 or absent when Discord could not fetch the image.</summary>
internal sealed record ImageObject(int? Width, int? Height)
{
    public bool IsShown => Width > 0 && Height > 0;
}

[JsonSerializable(typeof(ChannelObject))]
[JsonSerializable(typeof(MessageObject))]
[JsonSerializable(typeof(DiscordError))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ResponseJson : JsonSerializerContext;
