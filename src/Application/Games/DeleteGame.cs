using MediatR;

namespace GameImages.Application.Games;

/// <summary>Deletes the game and releases its references.</summary>
/// <param name="ExpectedVersions">The versions that the game may have, or null for any.</param>
public sealed record DeleteGame(Guid Id, IReadOnlyCollection<string>? ExpectedVersions = null) : IRequest;

internal sealed class DeleteGameHandler(IGameLedger ledger) : IRequestHandler<DeleteGame>
{
    public async Task<Unit> Handle(DeleteGame request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        var game = await work.LockGameAsync(request.Id, request.ExpectedVersions, cancellationToken);
        await work.CommitDeleteAsync(game);
        return Unit.Value;
    }
}
