using GameImages.Application;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>The pool of connections that reads and writes games and their images.</summary>
internal sealed record GameDatabase(NpgsqlDataSource Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

/// <summary>
/// The connection pools for lists of games. They leave the connections of <see cref="GameDatabase"/> to writes and single reads.
/// </summary>
/// <param name="Searches">A small pool for searches only. A search takes the database a hundred times as long as a page.</param>
internal sealed record ListDatabase(NpgsqlDataSource Lists, NpgsqlDataSource Searches) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Lists.DisposeAsync();
        await Searches.DisposeAsync();
    }
}

/// <summary>A connection that only the readiness check uses.</summary>
internal sealed record HealthDatabase(NpgsqlDataSource Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

/// <summary>A connection that only the listener for image changes uses.</summary>
internal sealed record ChangesDatabase(NpgsqlDataSource Source) : IAsyncDisposable
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
