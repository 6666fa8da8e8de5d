using GameImages.Application;
using GameImages.Application.Games;

namespace GameImages.Infrastructure.Games;

internal sealed class GameLedger(GameDatabase database, ICaller caller) : IGameLedger
{
    public async Task<IGameTransaction> BeginAsync(CancellationToken ct) =>
        new GameTransaction(await database.Source.OpenConnectionAsync(ct), caller.GuildIds());
}
