using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Decides how to repair the counts of a guild.</summary>
internal static class GuildRepair
{
    // The images of the guild when the row of one image, if any, is repaired.
    private const string Images =
        """
        SELECT guild_id, byte_length FROM guild_images WHERE image_id IS DISTINCT FROM @image
        UNION ALL SELECT @guild, @bytes WHERE @bytes > 0
        """;

    /// <param name="image">The image whose row of guild_images is repaired too; null for guild_usage only.</param>
    /// <returns>No decision if the counts are right.</returns>
    public static async Task<IReadOnlyList<RepairDecision>> DecideAsync(
        NpgsqlConnection connection, long guild, Guid? image, CancellationToken ct)
    {
        var difference = image is null ? null : await connection.QuerySingleOrDefaultAsync<GuildImageDifference>(new(
            GuildCounts.WrongImages("guild_id = @guild AND image_id = @image"), new { guild, image }, cancellationToken: ct));
        var use = await connection.QuerySingleOrDefaultAsync<GuildUseDifference>(new(
            GuildCounts.WrongUses("guild_id = @guild", difference is null ? "SELECT guild_id, byte_length FROM guild_images" : Images),
            new { guild, image, bytes = difference?.Bytes },
            cancellationToken: ct));
        var decisions = new List<RepairDecision>();

        if (difference is not null)
        {
            var message = $"Guild {guild}: set {difference.After} for image {image}, instead of {difference.Before}.";
            decisions.Add(new(
                new(RepairAction.Set, message, image, GuildId: $"{guild}"),
                new(RepairStatements.UndoSetGuildImage, RepairStatements.SetGuildImage, difference)));
        }

        if (use is not null)
        {
            decisions.Add(new(
                new(RepairAction.Set, $"Guild {guild}: set {use.After}, instead of {use.Before}.", GuildId: $"{guild}"),
                new(RepairStatements.UndoSetGuildUse, RepairStatements.SetGuildUse, use)));
        }

        return decisions;
    }
}
