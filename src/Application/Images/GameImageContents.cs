using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>New images for a game. Null removes an image; a content that is left out keeps the image.</summary>
public readonly record struct GameImageContents(OptionalField<ImageContent> Thumbnail, OptionalField<ImageContent> Banner)
{
    /// <summary>The id of an image to show, instead of a content.</summary>
    public Guid? ThumbnailId { get; init; }

    /// <inheritdoc cref="ThumbnailId"/>
    public Guid? BannerImageId { get; init; }

    /// <summary>Makes the game show these images. The commit of the game then counts its references.</summary>
    /// <exception cref="FieldRefusedException">The caller may not use an image with this id.</exception>
    internal async Task ShowOnAsync(Game game, IUnitOfWork work, CancellationToken ct)
    {
        // The contents are found last. An image that is named and also sent is then sent.
        var thumbnail = await FindAsync(nameof(ThumbnailId), ThumbnailId);
        var banner = await FindAsync(nameof(BannerImageId), BannerImageId);
        var contents = new[] { Thumbnail.Value, Banner.Value }.OfType<ImageContent>().ToList();
        var images = contents.Count == 0 ? [] : await work.FindImagesAsync(contents, ct);

        if (Thumbnail.IsSet || thumbnail is not null)
            game.ShowThumbnail(thumbnail ?? Image(Thumbnail.Value));
        if (Banner.IsSet || banner is not null)
            game.ShowBanner(banner ?? Image(Banner.Value));

        async Task<GameImage?> FindAsync(string field, Guid? id) =>
            id is null ? null : await work.FindUsableImageAsync(id.Value, ct) ?? throw FieldRefusedException.Image(field);

        GameImage? Image(ImageContent? content) => content is null ? null : images[contents.IndexOf(content)];
    }
}
