using MediatR;

namespace GameImages.Application.Games;

/// <summary>
/// Checks that the caller could change the game now, before the service receives images for it. The use case checks this again
/// under the game's lock.
/// </summary>
/// <param name="ExpectedVersions">The versions that the game may have, or null for any.</param>
public sealed record ExpectGame(Guid Id, IReadOnlyCollection<string>? ExpectedVersions) : IRequest;

internal sealed class ExpectGameHandler(IGameReader games) : IRequestHandler<ExpectGame, Unit>
{
    /// <exception cref="NotFoundException">There is no such game in the caller's guilds.</exception>
    /// <exception cref="StaleVersionException">The game has none of the versions.</exception>
    public async Task<Unit> Handle(ExpectGame request, CancellationToken cancellationToken)
    {
        var game = await games.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Game(request.Id);
        return request.ExpectedVersions?.Contains(game.Version) == false ? throw StaleVersionException.Game(request.Id) : Unit.Value;
    }
}
