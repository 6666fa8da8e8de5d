using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>New contents for the images of a game. Null removes an image; a content that is left out keeps the image.</summary>
public readonly record struct GameImageContents(OptionalField<ImageContent> Thumbnail, OptionalField<ImageContent> Banner)
{
    /// <summary>Makes the game show these images. The commit of the game then counts its references.</summary>
    internal async Task ShowOnAsync(Game game, IUnitOfWork work, CancellationToken ct)
    {
        var contents = new[] { Thumbnail.Value, Banner.Value }.OfType<ImageContent>().ToList();
        var images = contents.Count == 0 ? [] : await work.FindImagesAsync(contents, ct);

        if (Thumbnail.IsSet)
            game.ShowThumbnail(Image(Thumbnail.Value));
        if (Banner.IsSet)
            game.ShowBanner(Image(Banner.Value));

        GameImage? Image(ImageContent? content) => content is null ? null : images[contents.IndexOf(content)];
    }
}
