using GameImages.Application;
using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// What the policies and triggers of the database know about the caller of a transaction that writes. Everything ends with the
/// transaction.
/// </summary>
/// <param name="GuildIds">The caller's guilds, with commas between them.</param>
/// <param name="Quotas">The limits, in the order in which the triggers of schema version 11 read them.</param>
/// <param name="SentHashes">The hashes of the images whose bytes the request has sent. The caller may use these images.</param>
internal sealed record CallerSettings(string UserId, string GuildIds, string Quotas, string SentHashes = "")
{
    public static CallerSettings Of(ICaller caller, Quotas quotas) => new(
        caller.Id, caller.GuildIds(), $"{quotas.GuildBytes},{quotas.GuildImages},{quotas.GuildGames},{quotas.UnusedUploads}");

    public CallerSettings WithSent(IEnumerable<ContentHash> hashes) => this with { SentHashes = string.Join(',', hashes) };

    // One column, so that a reader of games can tell the result from a game.
    public NpgsqlBatchCommand Statement() => new NpgsqlBatchCommand(
        """
        SELECT concat(
            set_config('app.current_user_id', @userId, true), set_config('app.current_guild_ids', @guildIds, true),
            set_config('app.quotas', @quotas, true), set_config('app.sent_image_hashes', @sentHashes, true))
        """)
        .With("userId", UserId).With("guildIds", GuildIds).With("quotas", Quotas).With("sentHashes", SentHashes);
}
