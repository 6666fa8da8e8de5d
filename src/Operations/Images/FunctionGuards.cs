using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>
/// Checks the functions of the schema that count what guilds use, refuse images of other guilds, and store variants.
/// </summary>
internal static class FunctionGuards
{
    // The SQL of the versions that have such functions, which has the bodies of the functions.
    private static readonly Lazy<(int[] Versions, string[] Scripts)> Right = new(() => (
        [11, 13], [SchemaMigrator.Script(10, 11, idempotent: false), SchemaMigrator.Script(12, 13, idempotent: false)]));

    public static async Task<IEnumerable<(string Guard, string Fault, string Remedy)>> CheckAsync(
        NpgsqlConnection connection, CancellationToken ct) =>
        await connection.QueryAsync<(string Guard, string Fault, string Remedy)>(new(
            """
            SELECT format('The function %s', signature), CASE WHEN pg_proc.oid IS NULL THEN 'is missing' ELSE 'has another definition' END,
                format('gameimages script --from %s --to %s prints the right one.', version - 1, version)
            FROM (VALUES
                (11, 'check_quota(text, integer, bigint, bigint)', false),
                (11, 'count_guild_image(bigint, uuid, integer, integer)', false),
                (11, 'count_game()', true),
                (11, 'count_upload()', true),
                (11, 'may_use_image(uuid)', false),
                (11, 'refuse_foreign_image()', false),
                (13, 'store_variants(uuid, integer, integer, bytea, integer, integer[], integer[], bytea[])', true),
                (13, 'refuse_variants(uuid, text)', true)) AS guard (version, signature, is_run_by_owner)
                JOIN unnest(@versions, @scripts) AS script (version, text) USING (version)
                LEFT JOIN pg_proc ON pg_proc.oid = to_regprocedure(signature)
            WHERE (prosecdef = is_run_by_owner AND prosqlbody IS NULL AND strpos(text, prosrc) > 0) IS NOT TRUE
            """,
            new { versions = Right.Value.Versions, scripts = Right.Value.Scripts },
            cancellationToken: ct));
}
