namespace GameImages.Infrastructure.Schema;

/// <summary>
/// The triggers of schema version 11 that count what each guild uses, and refuse what exceeds a quota. They run as their owner, because
/// members may not write the counts.
/// </summary>
internal static class GuildUse
{
    /// <summary>Selects the images that the game of a trigger showed before.</summary>
    public const string OldImages = "SELECT unnest(array_remove(ARRAY[OLD.thumbnail_id, OLD.banner_image_id], NULL))";

    /// <summary>Selects the images that it shows now.</summary>
    public const string NewImages = "SELECT unnest(array_remove(ARRAY[NEW.thumbnail_id, NEW.banner_image_id], NULL))";

    // The statements before this one have locked the image's row, so no other transaction counts the same image meanwhile. The row of the
    // guild is locked until the commit: of two transactions, the second one sees what the first one uses.
    private const string CountImage =
        """
        CREATE FUNCTION count_guild_image(guild bigint, image uuid, more_games integer, more_uploads integer) RETURNS void
            LANGUAGE plpgsql SET search_path = public, pg_temp AS $count$
        DECLARE
            held guild_images;
            change integer := 0;
            used guild_usage;
        BEGIN
            UPDATE guild_images
                SET games = games + more_games, uploads = uploads + more_uploads,
                    used_at = CASE WHEN more_games > 0 THEN clock_timestamp() ELSE used_at END
                WHERE image_id = image AND guild_id = guild RETURNING * INTO held;

            IF held.image_id IS NULL THEN
                INSERT INTO guild_images (image_id, guild_id, byte_length, games, uploads, used_at)
                    SELECT id, guild, byte_length, more_games, more_uploads, clock_timestamp() FROM game_images
                    WHERE id = image AND more_games + more_uploads > 0
                    RETURNING * INTO held;
                change := 1;
            ELSIF held.games <= 0 AND held.uploads <= 0 THEN
                DELETE FROM guild_images WHERE image_id = image AND guild_id = guild;
                change := -1;
            END IF;

            IF change = 0 OR held.image_id IS NULL THEN
                RETURN;
            END IF;

            INSERT INTO guild_usage AS usage (guild_id, images, bytes) VALUES (guild, change, change * held.byte_length)
                ON CONFLICT (guild_id) DO UPDATE
                    SET images = usage.images + excluded.images, bytes = usage.bytes + excluded.bytes
                RETURNING * INTO used;
            PERFORM check_quota('guild_bytes', 1, used.bytes, change * held.byte_length);
            PERFORM check_quota('guild_images', 2, used.images, change);
        END
        $count$;
        """;

    // Releases come first, so that a guild without room can replace an image. An upload that no game shows any more is unused again.
    // Otherwise one game could use any number of uploads, one after the other, which no quota counts.
    private const string CountGame =
        $"""
        CREATE FUNCTION count_game() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $count$
        DECLARE
            used bigint;
            released uuid[];
            added uuid[];
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                released := ARRAY(
                    {OldImages} EXCEPT {NewImages} WHERE OLD.guild_id = NEW.guild_id);
                PERFORM count_guild_image(OLD.guild_id, image, -1, 0) FROM unnest(released) AS image;
                UPDATE image_uploads AS upload SET is_used = false
                    WHERE image_id = ANY (released) AND is_used
                        AND NOT EXISTS (SELECT FROM guild_images WHERE image_id = upload.image_id AND games > 0);
            END IF;

            IF TG_OP <> 'INSERT' AND OLD.guild_id IS DISTINCT FROM NEW.guild_id THEN
                UPDATE guild_usage SET games = games - 1 WHERE guild_id = OLD.guild_id;
            END IF;

            IF TG_OP = 'DELETE' THEN
                RETURN NULL;
            END IF;

            IF OLD.guild_id IS DISTINCT FROM NEW.guild_id THEN
                INSERT INTO guild_usage AS usage (guild_id, games) VALUES (NEW.guild_id, 1)
                    ON CONFLICT (guild_id) DO UPDATE SET games = usage.games + 1 RETURNING games INTO used;
                PERFORM check_quota('guild_games', 3, used, 1);
            END IF;

            added := ARRAY(
                {NewImages} EXCEPT {OldImages} WHERE OLD.guild_id = NEW.guild_id);
            PERFORM count_guild_image(NEW.guild_id, image, 1, 0) FROM unnest(added) AS image;
            UPDATE image_uploads SET is_used = true
                WHERE user_id = current_setting('app.current_user_id', true) AND image_id = ANY (added) AND NOT is_used;
            RETURN NULL;
        END
        $count$;
        """;

    public const string Create =
        $"""
        {QuotaCheck.Create}
        {CountImage}
        {CountGame}
        CREATE TRIGGER count_game AFTER INSERT OR DELETE OR UPDATE OF guild_id, thumbnail_id, banner_image_id ON game_sessions
            FOR EACH ROW EXECUTE FUNCTION count_game();
        """;

    public const string Drop =
        $"""
        DROP TRIGGER count_game ON game_sessions;
        DROP FUNCTION count_game();
        DROP FUNCTION count_guild_image(bigint, uuid, integer, integer);
        {QuotaCheck.Drop}
        """;

    /// <summary>Fills the tables from the games.</summary>
    // Row-level security would hide the games from their owner.
    public const string CountGames =
        """
        ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY;
        INSERT INTO guild_images (image_id, guild_id, byte_length, games, used_at)
            SELECT image_id, guild_id, byte_length, count(*), max(game.updated_at)
            FROM (
                SELECT guild_id, thumbnail_id AS image_id, updated_at FROM game_sessions
                UNION ALL
                SELECT guild_id, banner_image_id, updated_at FROM game_sessions WHERE banner_image_id IS DISTINCT FROM thumbnail_id
            ) AS game JOIN game_images ON game_images.id = image_id
            GROUP BY image_id, guild_id, byte_length;
        INSERT INTO guild_usage (guild_id, games)
            SELECT guild_id, count(*) FROM game_sessions GROUP BY guild_id;
        UPDATE guild_usage SET images = held.images, bytes = held.bytes
            FROM (SELECT guild_id, count(*) AS images, sum(byte_length) AS bytes FROM guild_images GROUP BY guild_id) AS held
            WHERE held.guild_id = guild_usage.guild_id;
        ALTER TABLE game_sessions FORCE ROW LEVEL SECURITY;
        """;
}
