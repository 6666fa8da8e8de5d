using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.WebApi.Uploads;
using Microsoft.OpenApi;
using static GameImages.WebApi.OpenApi.FieldSchemas;

namespace GameImages.WebApi.OpenApi;

/// <summary>The schemas of the fields of uploads, lists of images and quotas.</summary>
internal static class ImageFieldSchemas
{
    /// <returns>Null if no body of images has the field.</returns>
    public static OpenApiSchema? Of(string name, Type body) => (body.Name, name) switch
    {
        (nameof(UploadFields), "guild_id") => DiscordId("The guild whose quota counts the image."),
        (nameof(ListImages), "guild_id") => DiscordId(
            "The guild whose images are listed. Without it, only the caller's uploads are listed."),
        (nameof(ListImages), "limit") => Number(
            "The maximum number of images in a page.", ListImages.MaxLimit, ListImages.DefaultLimit),
        (nameof(GuildUsage), "guild_id") => DiscordId("The guild."),
        (nameof(QuotaUse), "use") => Count("What the guild uses."),
        (nameof(QuotaUse), "limit") => Count("What the guild may use."),
        (nameof(ImageUpload) or nameof(LibraryImage) or nameof(ShownImage), "id") => Uuid("The id of the image."),
        (nameof(ImageUpload), "width") => Number("The width in pixels."),
        (nameof(ImageUpload), "height") => Number("The height in pixels."),
        (nameof(LibraryImage) or nameof(ShownImage), "width") => Number("The width at which the image is shown, in pixels."),
        (nameof(LibraryImage) or nameof(ShownImage), "height") => Number("The height at which the image is shown, in pixels."),
        (nameof(LibraryImage) or nameof(ShownImage), "url") => Text("The path of the image on this service.", format: "uri-reference"),
        (nameof(LibraryImage) or nameof(ShownImage), "placeholder") => Text(
            "A ThumbHash in Base64, from which a page draws a blurred preview; null until the service has computed it.",
            format: "byte"),
        (nameof(ShownImage), "alt") => Text(
            "What the image shows, for people who do not see it; null if the game has no such text.", GameDetails.AltMaxLength),
        (nameof(ShownVariant), "width") => Number("The width in pixels."),
        (nameof(ShownVariant), "height") => Number("The height in pixels."),
        (nameof(ShownVariant), "url") => Text("The path of the variant on this service.", format: "uri-reference"),
        (nameof(ImageUpload) or nameof(LibraryImage), "mime_type") => Text("The type of the image."),
        (nameof(ImageUpload) or nameof(LibraryImage), "byte_length") => Number("The length of the image in bytes."),
        (nameof(ImageUpload), "expires_at") => Time("When the upload ends, UTC, unless it is renewed."),
        (nameof(LibraryImage), "expires_at") => Time("When the caller's upload ends, UTC; null if the caller has none."),
        (nameof(LibraryImage), "used_at") => Time("When a game began to show the image, or the caller uploaded it, UTC."),
        (nameof(LibraryImage), "games") => Count("The number of games of the caller's guilds that show the image."),
        _ => null,
    };
}
