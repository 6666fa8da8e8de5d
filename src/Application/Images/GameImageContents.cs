using GameImages.Application.Games;
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
    internal async Task ShowOnAsync(Game game, IGameUnitOfWork work, CancellationToken ct)
    {
        if (ThumbnailId is { } thumbnail)
            game.ShowThumbnail(await FindAsync(nameof(ThumbnailId), thumbnail));
        if (BannerImageId is { } banner)
            game.ShowBanner(await FindAsync(nameof(BannerImageId), banner));

        // These come last. If the other image is the same one, its content is sent.
        var contents = new[] { Thumbnail.Value, Banner.Value }.OfType<ImageContent>().ToList();
        var images = contents.Count == 0 ? [] : await work.FindImagesAsync(contents, ct);

        if (Thumbnail.IsSet)
            game.ShowThumbnail(Image(Thumbnail.Value));
        if (Banner.IsSet)
            game.ShowBanner(Image(Banner.Value));

        async Task<GameImage> FindAsync(string field, Guid id) =>
            await work.FindUsableImageAsync(id, ct) ?? throw FieldRefusedException.Image(field);

        GameImage? Image(ImageContent? content) => content is null ? null : images[contents.IndexOf(content)];
    }
}
