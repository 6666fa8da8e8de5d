using System.Globalization;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>
/// The row that a repair locks, decides about and changes: a game, an upload, an image, the counts of a guild, or those of an image in a
/// guild.
/// </summary>
internal sealed record RepairTarget(Guid? ImageId, Guid? GameId, Guid? UploadId, string? GuildId)
{
    private long Guild => long.Parse(GuildId!, CultureInfo.InvariantCulture);

    public static RepairTarget Of(ImageProblem problem) => problem switch
    {
        { GameId: { } game } => new(null, game, null, null),
        { UploadId: { } upload } => new(null, null, upload, null),
        _ => new(problem.ImageId, null, null, problem.GuildId),
    };

    public static RepairTarget Of(RepairStep step) => new(step.ImageId, step.GameId, step.UploadId, step.GuildId);

    /// <summary>
    /// Locks what the decision depends on until the transaction ends. Without the locks, a request could change the columns, the
    /// references or the counts after the decision. A request that needs a locked row waits, and then sees it repaired. Images are locked
    /// before the counts of guilds, as the service does.
    /// </summary>
    public async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (GameId is { } game)
            await LockAsync("game_sessions", "id", game);
        if (UploadId is { } upload)
            await LockAsync("image_uploads", "id", upload);
        if (ImageId is { } image)
            await LockAsync("game_images", "id", image);

        if (GuildId is null)
            return;

        // A row that exists can be locked, and lets no request insert it meanwhile.
        await connection.ExecuteAsync(new(
            "INSERT INTO guild_usage (guild_id) VALUES (@Guild) ON CONFLICT DO NOTHING", new { Guild }, cancellationToken: ct));
        await LockAsync("guild_usage", "guild_id", Guild);

        Task LockAsync(string table, string column, object id) => connection.ExecuteAsync(new(
            $"SELECT FROM {table} WHERE {column} = @id FOR UPDATE", new { id }, cancellationToken: ct));
    }

    public Task<IReadOnlyList<RepairDecision>> DecideAsync(
        NpgsqlConnection connection, TimeSpan grace, CancellationToken ct) => this switch
        {
            { GameId: { } game } => GameRepair.DecideAsync(connection, game, ct),
            { UploadId: { } upload } => UploadRepair.DecideAsync(connection, upload, ct),
            { GuildId: not null } => GuildRepair.DecideAsync(connection, Guild, ImageId, ct),
            _ => ImageRowRepair.DecideAsync(connection, ImageId!.Value, grace, ct),
        };
}
