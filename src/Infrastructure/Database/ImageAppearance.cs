using System.Text.Json;
using GameImages.Application.Images;
using GameImages.Domain.Images;

namespace GameImages.Infrastructure.Database;

/// <summary>Selects an image as one column of JSON, and reads that column.</summary>
internal static class ImageAppearance
{
    /// <param name="id">An expression for the id of the image.</param>
    /// <param name="alt">An expression for the text that describes it.</param>
    /// <returns>An expression. Its value is null if there is no such image, or if it is in quarantine.</returns>
    public static string Of(string id, string alt) =>
        $"""
        (SELECT jsonb_build_object('id', image.id, 'type', image.mime_type, 'alt', {alt},
            'width', coalesce(image.shown_width, image.width), 'height', coalesce(image.shown_height, image.height),
            'placeholder', encode(image.placeholder, 'base64'),
            'variants', ARRAY(
                SELECT ARRAY[variant.width, variant.height] FROM image_variants AS variant
                WHERE variant.image_id = image.id ORDER BY variant.width))
        FROM game_images AS image WHERE image.id = {id} AND image.quarantined_at IS NULL)
        """;

    /// <param name="json">A value of <see cref="Of"/>.</param>
    public static ShownImage? Parse(string json) =>
        JsonSerializer.Deserialize<Row>(json, JsonSerializerOptions.Web) is { } row ? ToImage(row) : null;

    private static ShownImage ToImage(Row row) => new(
        row.Id, PublicImagePath.Of(row.Id, ImageFormat.FromMimeType(row.Type)), row.Width, row.Height, row.Alt, row.Placeholder,
        [.. row.Variants.Select(size => new ShownVariant(size[0], size[1], PublicImagePath.OfVariant(row.Id, size[0])))]);

    private sealed record Row(Guid Id, string Type, int? Width, int? Height, string? Alt, string? Placeholder, int[][] Variants);
}
