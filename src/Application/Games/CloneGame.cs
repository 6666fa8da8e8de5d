using MediatR;

namespace GameImages.Application.Games;

/// <summary>
/// Schedules the game once more. The caller hosts the copy. It shows the same pictures and counts as one more reference to each.
/// </summary>
public sealed record CloneGame(Guid Id) : IRequest<GameResponse>;

internal sealed class CloneGameHandler(IReferenceLedger ledger, ICaller caller) : IRequestHandler<CloneGame, GameResponse>
{
    public async Task<GameResponse> Handle(CloneGame request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();

        // Locked although it stays as it is: until the copy has its references, the original must not give up its own.
        var original = await work.LockGameAsync(request.Id, null, cancellationToken);
        var host = GameHost.Of(original.Details).ForCopy(caller);
        var copy = original.Clone();
        copy.Change(copy.Details with { HostId = host.Id, HostName = host.Name });
        return await work.CommitInsertAsync(copy, cancellationToken);
    }
}
