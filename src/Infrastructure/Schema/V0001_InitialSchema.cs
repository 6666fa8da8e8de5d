using FluentMigrator;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>The first schema of games. Each row contains its images, and the banner is called "image".</summary>
[Migration(1, "InitialSchema")]
internal sealed class V0001_InitialSchema : SchemaMigration
{
    public override void Up()
    {
        Create.Table("game_sessions")
            .WithColumn("id").AsGuid().PrimaryKey("game_sessions_pkey").WithDefaultValue(RawSql.Insert("gen_random_uuid()"))
            .WithColumn("guild_id").AsInt64()
            .WithColumn("channel_id").AsInt64()
            .WithColumn("host_id").AsInt64()
            .WithColumn("host_name").AsString().Nullable()
            .WithColumn("title").AsString()
            .WithColumn("description").AsString().Nullable()
            .WithColumn("signup_instructions").AsString().Nullable()
            .WithColumn("location").AsString().Nullable()
            .WithColumn("scheduled_at").AsDateTimeOffset()
            .WithColumn("expected_duration_minutes").AsInt32().Nullable()
            .WithColumn("max_players").AsInt32().Nullable()
            .WithColumn("status").AsString().WithDefaultValue("scheduled")
            .WithColumn("created_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("updated_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("thumbnail_data").AsBinary().Nullable()
            .WithColumn("thumbnail_mime_type").AsString().Nullable()
            .WithColumn("image_data").AsBinary().Nullable()
            .WithColumn("image_mime_type").AsString().Nullable();

        Execute.Sql(
            """
            ALTER TABLE game_sessions
                ADD CHECK (guild_id > 0),
                ADD CHECK (channel_id > 0),
                ADD CHECK (host_id > 0),
                ADD CHECK (char_length(host_name) <= 100),
                ADD CHECK (char_length(title) <= 200 AND title ~ '[^[:space:]]'),
                ADD CHECK (char_length(description) <= 2000),
                ADD CHECK (char_length(signup_instructions) <= 1000),
                ADD CHECK (char_length(location) <= 500),
                ADD CHECK (scheduled_at >= '1970-01-01T00:00:00Z' AND scheduled_at < '9999-01-01T00:00:00Z'),
                ADD CHECK (expected_duration_minutes >= 1),
                ADD CHECK (max_players BETWEEN 1 AND 100),
                ADD CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled'));
            """);

        Create.Index("game_sessions_guild_id_scheduled_at_id_idx").OnTable("game_sessions")
            .OnColumn("guild_id").Ascending().OnColumn("scheduled_at").Descending().OnColumn("id").Descending();
    }

    public override void Down() => Delete.Table("game_sessions");

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("creates the table of games"));

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        // Later versions store each image once. This step counts the copies that version 1 has of it.
        var images = version == 1
            ? $"SELECT octet_length(data) AS byte_length FROM {LegacyImages.All} AS image"
            : """
              SELECT byte_length FROM game_images JOIN (
                  SELECT thumbnail_id AS id FROM game_sessions UNION ALL SELECT banner_image_id FROM game_sessions) AS reference USING (id)
              """;
        var (games, bytes) = await connection.QuerySingleAsync<(long, long)>(new(
            $"SELECT (SELECT count(*) FROM game_sessions), coalesce(sum(byte_length), 0)::bigint FROM ({images}) AS image",
            cancellationToken: ct));

        return new($"drops {StepEffect.Count(games, "game")}", games, bytes, LosesData: games > 0);
    }
}
