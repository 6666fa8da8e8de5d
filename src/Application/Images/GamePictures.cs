using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>What a game's two pictures shall be: set to null, a picture is removed.</summary>
public readonly record struct GamePictures(Change<ImageContent> Thumbnail, Change<ImageContent> Banner)
{
    /// <summary>Makes the game show them, within the transaction that writes the game.</summary>
    internal async Task ShowOnAsync(Game game, IGameTransaction transaction, CancellationToken ct)
    {
        var contents = new[] { Thumbnail.Value, Banner.Value }.OfType<ImageContent>().ToList();
        var ids = contents.Count == 0 ? [] : await transaction.FindImagesAsync(contents, ct);

        if (Thumbnail.IsSet)
            game.ShowThumbnail(Id(Thumbnail.Value));
        if (Banner.IsSet)
            game.ShowBanner(Id(Banner.Value));

        Guid? Id(ImageContent? content) => content is null ? null : ids[contents.IndexOf(content)];
    }
}
