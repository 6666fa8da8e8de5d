using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>Checks the constraints and triggers that keep images, references and counts right, whichever program writes.</summary>
internal static class ImageGuards
{
    /// <returns>A problem for each guard that is missing or disabled, with the statement that restores it.</returns>
    public static async Task<IEnumerable<ImageProblem>> CheckAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var missing = await connection.QueryAsync<(string Guard, string Fault, string Remedy)>(new(
            """
            WITH guard (on_table, definition) AS (VALUES
                ('game_sessions', 'PRIMARY KEY (id)'),
                ('game_sessions', 'FOREIGN KEY (thumbnail_id) REFERENCES game_images(id) ON DELETE SET NULL'),
                ('game_sessions', 'FOREIGN KEY (banner_image_id) REFERENCES game_images(id) ON DELETE SET NULL'),
                ('game_images', 'PRIMARY KEY (id)'),
                ('game_images', 'UNIQUE (content_hash, mime_type)'),
                ('game_images', 'CHECK ((octet_length(content_hash) = 32))'),
                ('game_images', 'CHECK ((mime_type = ANY (ARRAY['
                    '''image/png''::text, ''image/jpeg''::text, ''image/gif''::text, ''image/webp''::text])))'),
                ('game_images', 'CHECK ((byte_length = octet_length(image_data)))'),
                ('game_images', 'CHECK ((width > 0))'),
                ('game_images', 'CHECK ((height > 0))'),
                ('game_images', 'CHECK ((reference_count >= 0))'),
                ('game_images', 'CHECK ((shown_width > 0))'),
                ('game_images', 'CHECK ((shown_height > 0))'),
                ('game_images', 'CHECK (((octet_length(placeholder) >= 5) AND (octet_length(placeholder) <= 25)))'),
                ('game_images', 'CHECK (((dominant_color >= 0) AND (dominant_color <= 16777215)))'),
                ('game_images', 'CHECK ((char_length(variants_refusal) <= 1000))'),
                ('game_sessions', 'CHECK ((char_length(thumbnail_alt) <= 1000))'),
                ('game_sessions', 'CHECK ((char_length(banner_alt) <= 1000))'),
                ('image_variants', 'PRIMARY KEY (image_id, width)'),
                ('image_variants', 'FOREIGN KEY (image_id) REFERENCES game_images(id) ON DELETE CASCADE'),
                ('image_variants', 'CHECK ((width > 0))'),
                ('image_variants', 'CHECK ((height > 0))'),
                ('image_variants', 'CHECK ((mime_type = ''image/webp''::text))'),
                ('image_variants', 'CHECK ((byte_length = octet_length(image_data)))'),
                ('image_variants', 'CHECK ((octet_length(content_hash) = 32))'),
                ('image_uploads', 'PRIMARY KEY (id)'),
                ('image_uploads', 'UNIQUE (user_id, image_id)'),
                ('image_uploads', 'FOREIGN KEY (image_id) REFERENCES game_images(id)'),
                ('image_uploads', 'CHECK (((char_length(user_id) >= 1) AND (char_length(user_id) <= 255)))'),
                ('guild_images', 'PRIMARY KEY (image_id, guild_id)'),
                ('guild_usage', 'PRIMARY KEY (guild_id)'),
                ('idempotency_keys', 'PRIMARY KEY (user_id, key)'),
                ('idempotency_keys', 'CHECK (((char_length(user_id) >= 1) AND (char_length(user_id) <= 255)))'),
                ('idempotency_keys', 'CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255)))'),
                ('idempotency_keys', 'CHECK ((octet_length(fingerprint) = 32))')),
            found AS (
                SELECT on_table, definition, pg_constraint.oid, conname, convalidated,
                    (SELECT tgrelid::regclass FROM pg_trigger
                    WHERE tgconstraint = pg_constraint.oid AND tgenabled NOT IN ('O', 'A') LIMIT 1) AS disabled_on
                FROM guard LEFT JOIN pg_constraint ON conrelid = on_table::regclass
                    AND regexp_replace(pg_get_constraintdef(pg_constraint.oid), ' NOT VALID$', '') = definition),
            trigger_guard (version, on_table, name, action, enable, body) AS (VALUES
                (9, 'game_images', 'refuse_blocked_image',
                    'BEFORE INSERT ON game_images FOR EACH ROW EXECUTE FUNCTION refuse_blocked_image()',
                    'ENABLE', '%pg_advisory_xact_lock_shared%blocked_hashes%RAISE EXCEPTION%'),
                (5, 'game_images', 'notify_image_change',
                    'AFTER DELETE OR UPDATE OF id, content_hash, mime_type, image_data, byte_length, created_at, quarantined_at '
                    'ON game_images FOR EACH ROW EXECUTE FUNCTION notify_image_change()',
                    'ENABLE ALWAYS', '%pg_notify(''game_images'', OLD.id::text)%'),
                (5, 'game_images', 'notify_image_truncation',
                    'AFTER TRUNCATE ON game_images FOR EACH STATEMENT EXECUTE FUNCTION notify_image_change()',
                    'ENABLE ALWAYS', '%pg_notify(''game_images'', '''')%'),
                (11, 'game_sessions', 'count_game',
                    'AFTER INSERT OR DELETE OR UPDATE OF guild_id, thumbnail_id, banner_image_id '
                    'ON game_sessions FOR EACH ROW EXECUTE FUNCTION count_game()',
                    'ENABLE', '%'),
                (11, 'game_sessions', 'refuse_foreign_image',
                    'BEFORE INSERT OR UPDATE OF thumbnail_id, banner_image_id '
                    'ON game_sessions FOR EACH ROW EXECUTE FUNCTION refuse_foreign_image()',
                    'ENABLE', '%'),
                (11, 'image_uploads', 'count_upload',
                    'AFTER INSERT OR DELETE OR UPDATE OF guild_id ON image_uploads FOR EACH ROW EXECUTE FUNCTION count_upload()',
                    'ENABLE', '%'),
                (13, 'game_images', 'notify_new_image',
                    'AFTER INSERT ON game_images FOR EACH ROW EXECUTE FUNCTION notify_new_image()',
                    'ENABLE', '%pg_notify(''image_variants'', '''')%')),
            found_trigger AS (
                SELECT trigger_guard.*, format('CREATE TRIGGER %s %s', name, action) AS definition,
                    pg_get_triggerdef(pg_trigger.oid, true) AS found_definition, tgname,
                    tgenabled = 'A' OR (tgenabled = 'O' AND enable = 'ENABLE') AS is_on, prosrc
                FROM trigger_guard
                    LEFT JOIN pg_trigger ON tgrelid = on_table::regclass AND tgname = name
                    LEFT JOIN pg_proc ON pg_proc.oid = tgfoid)
            SELECT format('The constraint %s of %s', definition, on_table),
                CASE WHEN oid IS NULL THEN 'is missing'
                    WHEN disabled_on IS NOT NULL THEN 'is disabled'
                    ELSE 'was not validated' END,
                CASE WHEN oid IS NULL THEN format('ALTER TABLE %s ADD %s;', on_table, definition)
                    WHEN disabled_on IS NOT NULL THEN format('ALTER TABLE %s ENABLE TRIGGER ALL;', disabled_on)
                    ELSE format('ALTER TABLE %s VALIDATE CONSTRAINT %I;', on_table, conname) END
            FROM found WHERE oid IS NULL OR disabled_on IS NOT NULL OR NOT convalidated
            UNION ALL
            SELECT format('The column %s of %s', attname, attrelid::regclass), 'may be null',
                format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL;', attrelid::regclass, attname)
            FROM pg_attribute
                JOIN (VALUES
                    ('game_images', 'id content_hash mime_type image_data byte_length reference_count created_at updated_at'),
                    ('image_variants', 'image_id width height mime_type image_data byte_length content_hash created_at'),
                    ('image_uploads', 'id image_id user_id is_used created_at used_at expires_at'),
                    ('guild_images', 'image_id guild_id byte_length games uploads used_at'),
                    ('guild_usage', 'guild_id games images bytes'),
                    ('idempotency_keys', 'user_id key fingerprint answer created_at expires_at')) AS needed (on_table, columns)
                    ON attrelid = on_table::regclass AND attname = ANY (string_to_array(columns, ' '))
            WHERE attnum > 0 AND NOT attisdropped AND NOT attnotnull
            UNION ALL
            SELECT format('The trigger %s of %s', name, on_table),
                CASE WHEN tgname IS NULL THEN 'is missing' WHEN NOT is_on THEN 'is disabled' ELSE 'has another definition' END,
                CASE WHEN tgname IS NULL THEN format('%s; ALTER TABLE %s %s TRIGGER %s;', definition, on_table, enable, name)
                    WHEN NOT is_on THEN format('ALTER TABLE %s %s TRIGGER %s;', on_table, enable, name)
                    ELSE format('gameimages script --from %s --to %s prints the right one.', version - 1, version) END
            FROM found_trigger
            WHERE (is_on AND found_definition = definition AND prosrc LIKE body) IS NOT TRUE
            """,
            cancellationToken: ct));
        var changed = await FunctionGuards.CheckAsync(connection, ct);

        return missing.Concat(changed)
            .Select(row => new ImageProblem(ImageProblemKind.MissingGuard, $"{row.Guard} {row.Fault}: {row.Remedy}"));
    }
}
