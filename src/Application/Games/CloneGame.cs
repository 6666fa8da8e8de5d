using MediatR;

namespace GameImages.Application.Games;

/// <summary>
/// Schedules a copy of the game. The caller hosts the copy. It shows the same images and adds one reference to each.
/// </summary>
/// <param name="Key">Null for a request that is carried out each time it is sent.</param>
public sealed record CloneGame(Guid Id, IdempotencyKey? Key = null) : IRequest<Answer<GameResponse>>;

internal sealed class CloneGameHandler(IGameLedger ledger, ICaller caller) : IRequestHandler<CloneGame, Answer<GameResponse>>
{
    public async Task<Answer<GameResponse>> Handle(CloneGame request, CancellationToken cancellationToken)
    {
        await using var work = ledger.Begin();
        if (await work.FindAnswerAsync(request.Key, cancellationToken) is { } answer)
            return new(answer, IsReplayed: true);

        // The lock protects the references of the original. Without it, another request could release them and delete the images before
        // the copy counts its own. It is held until the commit. The other request waits and then sees the counted copy.
        var original = await work.LockGameAsync(request.Id, null, cancellationToken);
        var host = GameHost.Of(original.Details).ForCopy(caller);
        var copy = original.Clone();
        copy.Change(copy.Details with { HostId = host.Id, HostName = host.Name });
        return new(await work.CommitInsertAsync(copy, cancellationToken), IsReplayed: false);
    }
}
