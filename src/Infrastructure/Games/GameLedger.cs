using Dapper;
using GameImages.Application;
using GameImages.Application.Games;

namespace GameImages.Infrastructure.Games;

internal sealed class GameLedger(GameDatabase database, ICaller caller) : IGameLedger
{
    public async Task<IGameTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await database.Source.OpenConnectionAsync(ct);
        var transaction = await connection.BeginTransactionAsync(ct);
        var games = new GameTransaction(connection, transaction);

        try
        {
            await connection.ExecuteAsync(new(RowSecurity.Sql, new { guildIds = caller.GuildIds() }, transaction, cancellationToken: ct));
            return games;
        }
        catch
        {
            await games.DisposeAsync();
            throw;
        }
    }
}
