using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GameImages.Infrastructure.Schema;

/// <summary>Games as they were at first: each row holds its pictures itself, and the banner is called "image".</summary>
[DbContext(typeof(SchemaContext))]
[Migration("20260207000100_InitialSchema")]
internal sealed class V0001_InitialSchema : Migration
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
}
