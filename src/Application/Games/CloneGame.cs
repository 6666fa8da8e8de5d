using MediatR;

namespace GameImages.Application.Games;

/// <summary>Schedules the game once more. The copy shows the same pictures, and counts as one more reference to each.</summary>
public sealed record CloneGame(Guid Id) : IRequest<GameResponse>;

internal sealed class CloneGameHandler(IGameLedger ledger) : IRequestHandler<CloneGame, GameResponse>
{
    public async Task<GameResponse> Handle(CloneGame request, CancellationToken cancellationToken)
    {
        await using var transaction = ledger.Begin();

        // Locked although it stays as it is: until the copy has its references, the original must not give up its own.
        var original = await transaction.LockGameAsync(request.Id, null, cancellationToken);
        return await transaction.CommitInsertAsync(original.Clone(), cancellationToken);
    }
}
