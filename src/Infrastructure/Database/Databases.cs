using GameImages.Application;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <inheritdoc cref="Pool.Games"/>
internal sealed record GameDatabase([FromKeyedServices(Pool.Games)] NpgsqlDataSource Source);

/// <inheritdoc cref="Pool.Lists"/>
/// <param name="Searches">The data source of <see cref="Pool.Searches"/>.</param>
internal sealed record ListDatabase(
    [FromKeyedServices(Pool.Lists)] NpgsqlDataSource Lists, [FromKeyedServices(Pool.Searches)] NpgsqlDataSource Searches);

/// <inheritdoc cref="Pool.Changes"/>
internal sealed record ChangesDatabase([FromKeyedServices(Pool.Changes)] NpgsqlDataSource Source);

/// <inheritdoc cref="Pool.PublicImages"/>
internal sealed record PublicDatabase([FromKeyedServices(Pool.PublicImages)] NpgsqlDataSource Source);

/// <inheritdoc cref="Pool.Bot"/>
internal sealed record BotDatabase([FromKeyedServices(Pool.Bot)] NpgsqlDataSource Source);

/// <inheritdoc cref="Pool.Variants"/>
internal sealed record VariantDatabase([FromKeyedServices(Pool.Variants)] NpgsqlDataSource Source);

internal static class RowSecurity
{
    /// <summary>
    /// Lets the rest of the transaction see the caller's guilds, and nothing after it: the setting ends with the transaction.
    /// </summary>
    public const string Sql = "SELECT set_config('app.current_guild_ids', @guildIds, true)";

    public static NpgsqlBatchCommand Statement(string guildIds) => new NpgsqlBatchCommand(Sql).With("guildIds", guildIds);

    /// <returns>The value of the parameter of <see cref="Sql"/>.</returns>
    public static string GuildIds(this ICaller caller) => string.Join(',', caller.GuildIds);
}
