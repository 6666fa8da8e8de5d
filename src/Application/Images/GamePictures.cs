using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>What a game's two pictures shall be: set to null, a picture is removed.</summary>
public readonly record struct GamePictures(Change<ImageContent> Thumbnail, Change<ImageContent> Banner)
{
    /// <summary>Makes the game show these pictures. The commit of the game then counts its references.</summary>
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
