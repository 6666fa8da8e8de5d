using MediatR;

namespace GameImages.Application.Games;

/// <summary>Deletes the game and gives its references back.</summary>
/// <param name="IfMatch">The versions that the game may have, or null for any.</param>
public sealed record DeleteGame(Guid Id, IReadOnlyCollection<string>? IfMatch = null) : IRequest;

internal sealed class DeleteGameHandler(IReferenceLedger ledger) : IRequestHandler<DeleteGame>
{
    public async Task<Unit> Handle(DeleteGame request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        var game = await work.LockGameAsync(request.Id, request.IfMatch, cancellationToken);
        await work.CommitDeleteAsync(game);
        return Unit.Value;
    }
}
