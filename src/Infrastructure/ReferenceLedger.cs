using GameImages.Application;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;

namespace GameImages.Infrastructure;

internal sealed class ReferenceLedger(GameDatabase database, NewGames newGames, PublicImages publicImages, ICaller caller)
    : IReferenceLedger
{
    public IUnitOfWork Begin() => new UnitOfWork(database.Source, newGames, publicImages, caller.GuildIds());
}
