using MediatR;

namespace GameImages.Application.Games;

/// <summary>Reads one of the caller's games.</summary>
/// <param name="ExpectedVersions">The versions that the game may have, or null for any.</param>
public sealed record GetGame(Guid Id, IReadOnlyCollection<string>? ExpectedVersions = null) : IRequest<GameResponse>;

internal sealed class GetGameHandler(IGameReader games) : IRequestHandler<GetGame, GameResponse>
{
    /// <exception cref="NotFoundException">There is no such game in the caller's guilds.</exception>
    /// <exception cref="StaleVersionException">The game has none of the versions.</exception>
    public async Task<GameResponse> Handle(GetGame request, CancellationToken cancellationToken)
    {
        var game = await games.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Game(request.Id);
        return request.ExpectedVersions?.Contains(game.Version) == false ? throw StaleVersionException.Game(request.Id) : game;
    }
}
