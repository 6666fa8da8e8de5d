using GameImages.Application.Games;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>Sets or removes a game's pictures.</summary>
/// <param name="IfMatch">The versions that the game may have, or null for any.</param>
public sealed record UpdateGameImages(Guid Id, GamePictures Pictures, IReadOnlyCollection<string>? IfMatch = null)
    : IRequest<GameResponse>;

internal sealed class UpdateGameImagesHandler(IReferenceLedger ledger) : IRequestHandler<UpdateGameImages, GameResponse>
{
    public async Task<GameResponse> Handle(UpdateGameImages request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        var game = await work.LockGameAsync(request.Id, request.IfMatch, cancellationToken);
        await request.Pictures.ShowOnAsync(game, work, cancellationToken);
        return await work.CommitUpdateAsync(game);
    }
}
