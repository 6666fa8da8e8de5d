using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Infrastructure.Images;

namespace GameImages.Infrastructure.Games;

internal sealed class GameLedger(GameDatabase database, NewGames newGames, PublicImages publicImages, ICaller caller) : IGameLedger
{
    public IGameTransaction Begin() => new GameTransaction(database.Source, newGames, publicImages, caller.GuildIds());
}
