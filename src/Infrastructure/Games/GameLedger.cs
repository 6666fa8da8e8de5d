using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;

namespace GameImages.Infrastructure.Games;

internal sealed class GameLedger(GameDatabase database, NewGames newGames, PublicImages publicImages, ICaller caller, Quotas quotas)
    : IGameLedger, IReferenceLedger
{
    public IGameUnitOfWork Begin() => new UnitOfWork(database.Source, newGames, publicImages, CallerSettings.Of(caller, quotas));

    IUnitOfWork IReferenceLedger.Begin() => Begin();
}
