using GameImages.Application;
using GameImages.Application.Games;

namespace GameImages.Infrastructure.Games;

internal sealed class GameLedger(GameDatabase database, ICaller caller) : IGameLedger
{
    public async Task<IGameTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await database.Source.OpenConnectionAsync(ct);
        return new GameTransaction(connection, await connection.BeginTransactionAsync(ct), caller);
    }
}
