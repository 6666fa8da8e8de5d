using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>What a game's two pictures shall be: set to null, a picture is removed.</summary>
public readonly record struct GamePictures(Change<ImageContent> Thumbnail, Change<ImageContent> Banner)
{
    /// <summary>Makes the game show them, within the transaction that writes the game.</summary>
    internal async Task ShowOnAsync(Game game, IImageTransaction transaction, CancellationToken ct)
    {
        var contents = new[] { Thumbnail.Value, Banner.Value }.OfType<ImageContent>().ToList();
        var replaced = new[] { Thumbnail.IsSet ? game.ThumbnailId : null, Banner.IsSet ? game.BannerImageId : null }.OfType<Guid>().ToList();
        var images = await transaction.LockImagesAsync(contents, replaced, ct);

        // Stored before the old ones are released: a picture that is set again never counts zero, and keeps its row, its id and its URL.
        if (Thumbnail.IsSet)
            game.ShowThumbnail(Store(Thumbnail.Value));
        if (Banner.IsSet)
            game.ShowBanner(Store(Banner.Value));

        replaced.ForEach(images.Release);

        Guid? Store(ImageContent? content) => content is null ? null : images.Store(content);
    }
}
