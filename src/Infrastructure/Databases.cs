using GameImages.Application;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>The pool of connections that reads and writes games and their images.</summary>
internal sealed record GameDatabase(NpgsqlDataSource Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

/// <summary>The pool of connections behind the public door.</summary>
internal sealed record PublicDatabase(NpgsqlDataSource Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

/// <summary>The pool of connections that announces games.</summary>
internal sealed record BotDatabase(NpgsqlDataSource Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

internal static class RowSecurity
{
    /// <summary>Lets the rest of the transaction see the caller's guilds, and nothing after it: the setting ends with the transaction.</summary>
    public const string Sql = "SELECT set_config('app.current_guild_ids', @guildIds, true)";

    public static NpgsqlBatchCommand Statement(string guildIds) => new NpgsqlBatchCommand(Sql).With("guildIds", guildIds);

    /// <returns>The parameter of <see cref="Sql"/>.</returns>
    public static string GuildIds(this ICaller caller) => string.Join(',', caller.GuildIds);
}
