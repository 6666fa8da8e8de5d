using MediatR;

namespace GameImages.Application.Games;

/// <summary>Reads one of the caller's games.</summary>
public sealed record GetGame(Guid Id) : IRequest<GameResponse>;

internal sealed class GetGameHandler(IGameReader games) : IRequestHandler<GetGame, GameResponse>
{
    public async Task<GameResponse> Handle(GetGame request, CancellationToken cancellationToken) =>
        await games.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Game(request.Id);
}
