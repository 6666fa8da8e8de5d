using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Infrastructure.Images;

namespace GameImages.Infrastructure.Games;

internal sealed class GameLedger(GameDatabase database, PublicImages images, ICaller caller) : IGameLedger
{
    public async Task<IGameTransaction> BeginAsync(CancellationToken ct) =>
        new GameTransaction(await database.Source.OpenConnectionAsync(ct), caller.GuildIds(), images);
}
