using MediatR;

namespace GameImages.Application.Games;

/// <summary>
/// Schedules a copy of the game. The caller hosts the copy. It shows the same images and adds one reference to each.
/// </summary>
public sealed record CloneGame(Guid Id) : IRequest<GameResponse>;

internal sealed class CloneGameHandler(IGameLedger ledger, ICaller caller) : IRequestHandler<CloneGame, GameResponse>
{
    public async Task<GameResponse> Handle(CloneGame request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();

        // The lock protects the references of the original. Without it, another request could release them and delete the images before
        // the copy counts its own. It is held until the commit. The other request waits and then sees the counted copy.
        var original = await work.LockGameAsync(request.Id, null, cancellationToken);
        var host = GameHost.Of(original.Details).ForCopy(caller);
        var copy = original.Clone();
        copy.Change(copy.Details with { HostId = host.Id, HostName = host.Name });
        return await work.CommitInsertAsync(copy, cancellationToken);
    }
}
