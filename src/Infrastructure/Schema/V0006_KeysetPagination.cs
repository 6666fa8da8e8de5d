using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Every page of a list of games is found by an index, by one for each filter, under row-level security as well.</summary>
[DbContext(typeof(SchemaContext))]
[Migration("20261122000600_KeysetPagination")]
internal sealed class V0006_KeysetPagination : Migration, IDescribedMigration
{
    // As "= ANY (array)" the array was made anew for every row, 30 µs for 200 guilds, and the planner, which multiplied the share of those guilds
    // with the share of the one that a query names, took any index to be as good as any other. A subquery is run once for a statement, into a hash table.
    // The policy comes first: after the index, its stronger lock could meet a writer's in a deadlock.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        SET LOCAL lock_timeout = '10s';

        ALTER POLICY members_of_the_guild ON game_sessions
            USING (guild_id IN (SELECT unnest(string_to_array(nullif(current_setting('app.current_guild_ids', true), ''), ',')::bigint[])));
        CREATE INDEX game_sessions_guild_id_status_scheduled_at_id_idx ON game_sessions (guild_id, status, scheduled_at DESC, id DESC);

        COMMENT ON TABLE {SchemaContext.HistoryTable} IS '{SchemaVersions.OldestCompatible} 4';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        SET LOCAL lock_timeout = '10s';

        COMMENT ON TABLE {SchemaContext.HistoryTable} IS '{SchemaVersions.OldestCompatible} 4';
        DROP INDEX game_sessions_guild_id_status_scheduled_at_id_idx;
        ALTER POLICY members_of_the_guild ON game_sessions
            USING (guild_id = ANY (string_to_array(nullif(current_setting('app.current_guild_ids', true), ''), ',')::bigint[]));
        """);

    public Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("adds an index for lists of games by status, and looks at the caller's guilds once for a list instead of once for a game"));

    public Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("drops the index for lists of games by status"));
}
