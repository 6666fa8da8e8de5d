namespace GameImages.Infrastructure.Schema;

/// <summary>The trigger of schema version 11 that counts uploads, and refuses one that exceeds a quota.</summary>
internal static class UploadUse
{
    // A renewal for the same guild adds nothing. One for another guild locks the rows of both guilds in the order in which new games lock
    // them. The advisory lock makes the uploads of one member commit one after the other, so that each sees those before it.
    public const string Create =
        """
        CREATE FUNCTION count_upload() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $count$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF OLD.guild_id IS NOT DISTINCT FROM NEW.guild_id THEN
                    RETURN NULL;
                END IF;

                PERFORM FROM guild_usage WHERE guild_id IN (OLD.guild_id, NEW.guild_id) ORDER BY guild_id FOR UPDATE;
            END IF;

            IF TG_OP <> 'INSERT' AND OLD.guild_id IS NOT NULL THEN
                PERFORM count_guild_image(OLD.guild_id, OLD.image_id, 0, -1);
            END IF;
            IF TG_OP <> 'DELETE' AND NEW.guild_id IS NOT NULL THEN
                PERFORM count_guild_image(NEW.guild_id, NEW.image_id, 0, 1);
            END IF;

            IF TG_OP = 'INSERT' THEN
                PERFORM pg_advisory_xact_lock(hashtextextended('uploads of ' || NEW.user_id, 0));
                PERFORM check_quota('unused_uploads', 4, count(*), 1)
                    FROM image_uploads WHERE user_id = NEW.user_id AND NOT is_used;
            END IF;

            RETURN NULL;
        END
        $count$;

        CREATE TRIGGER count_upload AFTER INSERT OR DELETE OR UPDATE OF guild_id ON image_uploads
            FOR EACH ROW EXECUTE FUNCTION count_upload();
        """;

    public const string Drop =
        """
        DROP TRIGGER count_upload ON image_uploads;
        DROP FUNCTION count_upload();
        """;
}
