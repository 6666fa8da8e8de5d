using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Checks the functions of schema version 11, which count what guilds use and refuse images of other guilds.</summary>
internal static class UploadFunctions
{
    // The SQL of version 11, which has the bodies of the functions.
    private static readonly Lazy<string> Version11 = new(() => SchemaMigrator.Script(10, 11, idempotent: false));

    public static async Task<IEnumerable<(string Guard, string Fault, string Remedy)>> CheckAsync(
        NpgsqlConnection connection, CancellationToken ct) =>
        await connection.QueryAsync<(string Guard, string Fault, string Remedy)>(new(
            """
            SELECT format('The function %s', signature), CASE WHEN pg_proc.oid IS NULL THEN 'is missing' ELSE 'has another definition' END,
                'gameimages script --from 10 --to 11 prints the right one.'
            FROM (VALUES
                ('check_quota(text, integer, bigint, bigint)', false),
                ('count_guild_image(bigint, uuid, integer, integer)', false),
                ('count_game()', true),
                ('count_upload()', true),
                ('may_use_image(uuid)', false),
                ('refuse_foreign_image()', false)) AS guard (signature, is_run_by_owner)
                LEFT JOIN pg_proc ON pg_proc.oid = to_regprocedure(signature)
            WHERE (prosecdef = is_run_by_owner AND prosqlbody IS NULL AND strpos(@right, prosrc) > 0) IS NOT TRUE
            """,
            new { right = Version11.Value },
            cancellationToken: ct));
}
