using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Games as they were at first: each row holds its pictures itself, and the banner is called "image".</summary>
[DbContext(typeof(SchemaContext))]
[Migration("20260207000100_InitialSchema")]
internal sealed class V0001_InitialSchema : Migration, IDescribedMigration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE game_sessions (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            guild_id bigint NOT NULL CHECK (guild_id > 0),
            channel_id bigint NOT NULL CHECK (channel_id > 0),
            host_id bigint NOT NULL CHECK (host_id > 0),
            host_name text CHECK (char_length(host_name) <= 100),
            title text NOT NULL CHECK (char_length(title) <= 200 AND title ~ '[^[:space:]]'),
            description text CHECK (char_length(description) <= 2000),
            signup_instructions text CHECK (char_length(signup_instructions) <= 1000),
            location text CHECK (char_length(location) <= 500),
            scheduled_at timestamptz NOT NULL CHECK (scheduled_at >= '1970-01-01T00:00:00Z' AND scheduled_at < '9999-01-01T00:00:00Z'),
            expected_duration_minutes integer CHECK (expected_duration_minutes >= 1),
            max_players integer CHECK (max_players BETWEEN 1 AND 100),
            status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled')),
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            thumbnail_data bytea,
            thumbnail_mime_type text,
            image_data bytea,
            image_mime_type text
        );

        CREATE INDEX game_sessions_guild_id_scheduled_at_id_idx ON game_sessions (guild_id, scheduled_at DESC, id DESC);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE game_sessions;");

    public Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) => Task.FromResult<StepEffect>(new("creates the table of games"));

    public async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        // Later versions keep each picture once; what would be dropped is what version 1 makes of it.
        var pictures = version == 1
            ? $"SELECT octet_length(data) AS byte_length FROM {LegacyPictures.All} AS picture"
            : """
              SELECT byte_length FROM game_images JOIN (
                  SELECT thumbnail_id AS id FROM game_sessions UNION ALL SELECT banner_image_id FROM game_sessions) AS reference USING (id)
              """;
        var (games, bytes) = await connection.QuerySingleAsync<(long, long)>(new(
            $"SELECT (SELECT count(*) FROM game_sessions), coalesce(sum(byte_length), 0)::bigint FROM ({pictures}) AS picture",
            cancellationToken: ct));

        return new($"drops {StepEffect.Count(games, "game")}", games, bytes, LosesData: games > 0);
    }
}
