using System.Data;
using GameImages.Infrastructure.Database;

namespace GameImages.Operations.Images;

/// <summary>What a guild uses of its quotas.</summary>
/// <param name="Images">The images that its games show or that members hold for it. Each counts once.</param>
/// <param name="Bytes">The bytes of these images.</param>
public sealed record GuildUsage(string GuildId, long Games, long Images, long Bytes);

/// <summary>Reads what guilds use. Triggers count it, so this reads no games and no images.</summary>
public sealed class GuildUseReader(OperatorDatabase database)
{
    private const string Usage = "SELECT guild_id::text, games, images, bytes FROM guild_usage";

    /// <returns>Zeros for a guild without games and images.</returns>
    /// <exception cref="RefusedException">Row-level security hides guilds from the role, or the schema is older.</exception>
    public async Task<GuildUsage> GetAsync(long guildId, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct, "guild_usage", "guilds");
        return await connection.QuerySingleOrDefaultAsync<GuildUsage>(new(
            $"{Usage} WHERE guild_id = @guildId", new { guildId }, cancellationToken: ct)) ?? new($"{guildId}", 0, 0, 0);
    }

    /// <returns>The guilds that use most bytes, and the number of all guilds that use anything.</returns>
    /// <exception cref="RefusedException">Row-level security hides guilds from the role, or the schema is older.</exception>
    public async Task<(IReadOnlyList<GuildUsage> Guilds, long Total)> ListAsync(int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct, "guild_usage", "guilds");
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var guilds = await connection.QueryAsync<GuildUsage>(new(
            $"{Usage} WHERE games > 0 OR images > 0 ORDER BY bytes DESC, games DESC, guild_id LIMIT @limit",
            new { limit },
            cancellationToken: ct));
        var total = await connection.QuerySingleAsync<long>(new(
            "SELECT count(*) FROM guild_usage WHERE games > 0 OR images > 0", cancellationToken: ct));
        return (guilds, total);
    }
}
