using FluentMigrator.Runner.VersionTableInfo;

namespace GameImages.Infrastructure.Schema;

/// <summary>Creates the history table, and describes it to FluentMigrator.</summary>
internal sealed class SchemaHistoryTable : IVersionTableMetaData
{
    /// <summary>The key of the advisory lock on migrations. Any number works that no other program locks in this database.</summary>
    public const long MoveLock = 0x67616D65;

    /// <summary>
    /// Statements of PL/pgSQL that raise an error when the history is damaged, when a newer program wrote it, or when it is empty although
    /// there are games.
    /// </summary>
    public static readonly string RefuseDamage =
        $"""
        IF to_regclass('public.{LegacyHistory.Table}') IS NOT NULL
            OR (SELECT count(*) <> coalesce(max(version), 0) OR max(version) > {SchemaVersions.Latest}
                OR (count(*) = 0 AND to_regclass('public.game_sessions') IS NOT NULL)
                FROM public.{SchemaHistory.Table})
        THEN
            RAISE EXCEPTION 'The history in {SchemaHistory.Table} is not one of this program.'
                USING ERRCODE = 'data_exception', HINT = 'Versions are missing in it, it has versions after {SchemaVersions.Latest}, '
                    'it is empty although there are games, or the table {LegacyHistory.Table} exists as well.';
        END IF;
        """;

    /// <summary>
    /// The SQL that a migration begins with, in its own transaction. It creates the table where it is missing, and takes over the history
    /// of an earlier build with its comment, owner and grants. It does not change a table that exists.
    /// </summary>
    public static readonly string Prepare =
        $"""
        DO $history$
        DECLARE
            ids text[] := ARRAY[
                {string.Join(",\n        ", LegacyHistory.Ids.Select(id => $"'{id}'"))}];
            legacy record;
            command text;
        BEGIN
            PERFORM pg_advisory_xact_lock({MoveLock});

            IF to_regclass('public.{SchemaHistory.Table}') IS NULL THEN
                CREATE TABLE public.{SchemaHistory.Table} (
                    version bigint PRIMARY KEY,
                    applied_at timestamptz DEFAULT now(),
                    description text);
                COMMENT ON COLUMN public.{SchemaHistory.Table}.applied_at IS 'Null where an earlier build did not record it.';

                SELECT * INTO legacy FROM pg_class WHERE oid = to_regclass('public.{LegacyHistory.Table}');
                IF FOUND THEN
                    IF EXISTS (SELECT FROM public.{LegacyHistory.Table} WHERE "MigrationId" <> ALL (ids)) THEN
                        RAISE EXCEPTION 'The history in {LegacyHistory.Table} is not one of GameImages.'
                            USING ERRCODE = 'data_exception';
                    END IF;

                    INSERT INTO public.{SchemaHistory.Table} (version, applied_at, description)
                    SELECT array_position(ids, "MigrationId"::text), NULL, substring("MigrationId" FROM '_(.*)')
                    FROM public.{LegacyHistory.Table};
                    EXECUTE format('ALTER TABLE public.{SchemaHistory.Table} OWNER TO %s', legacy.relowner::regrole);
                    EXECUTE format('COMMENT ON TABLE public.{SchemaHistory.Table} IS %L', obj_description(legacy.oid, 'pg_class'));
                    FOR command IN
                        SELECT format('GRANT %s ON public.{SchemaHistory.Table} TO %s%s', privilege_type,
                            CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
                            CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
                        FROM aclexplode(legacy.relacl) WITH ORDINALITY WHERE grantee <> legacy.relowner ORDER BY ordinality
                    LOOP
                        EXECUTE command;
                    END LOOP;
                    DROP TABLE public.{LegacyHistory.Table};
                END IF;
            ELSIF to_regclass('public.{LegacyHistory.Table}') IS NOT NULL THEN
                RAISE EXCEPTION 'The database has two histories of its schema, {SchemaHistory.Table} and {LegacyHistory.Table}.'
                    USING ERRCODE = 'data_exception';
            END IF;

            {RefuseDamage}
        END
        $history$;
        """;

    public string TableName => SchemaHistory.Table;

    public string ColumnName => "version";

    public string AppliedOnColumnName => "applied_at";

    public string DescriptionColumnName => "description";

    // FluentMigrator creates no schema, index or key, because the table exists before it starts.
    public string SchemaName => "";

    public string UniqueIndexName => "";

    public bool CreateWithPrimaryKey => true;

    public bool OwnsSchema => false;
}
