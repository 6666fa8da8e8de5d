namespace GameImages.Infrastructure.Schema;

/// <summary>
/// The trigger of schema version 11 that refuses a game with an image that neither its guilds nor the member has, so nobody gets another
/// guild's image by guessing its id. It runs as the caller, so row-level security hides the images of other guilds from it.
/// </summary>
internal static class ForeignImages
{
    /// <summary>The SQLSTATE of the refusal. The error's column is the name of the field.</summary>
    public const string SqlState = "GI423";

    /// <summary>The condition that a row belongs to one of the caller's guilds.</summary>
    public const string OfCaller =
        "guild_id = ANY (string_to_array(nullif(current_setting('app.current_guild_ids', true), ''), ',')::bigint[])";

    private const string OfCallerOrNoGuild = $"guild_id IS NULL OR {OfCaller}";

    // The functions are written in PL/pgSQL, which keeps their plans. A function in SQL would be planned again in each transaction.
    // A member may use an image that the member has uploaded, that a visible game shows, or whose bytes the request has sent. Services of
    // earlier versions do not set the member, and only know images whose bytes were sent. The foreign key refuses an image that is not
    // stored. Then the request runs again, because it may have sent the bytes.
    public const string Create =
        $"""
        CREATE FUNCTION may_use_image(image uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $may$
        BEGIN
            RETURN EXISTS (SELECT FROM guild_images WHERE image_id = image AND games > 0)
                OR EXISTS (
                    SELECT FROM image_uploads
                    WHERE image_id = image AND user_id = current_setting('app.current_user_id', true) AND expires_at > now())
                OR EXISTS (
                    SELECT FROM game_images
                    WHERE id = image
                        AND encode(content_hash, 'hex')
                            = ANY (string_to_array(current_setting('app.sent_image_hashes', true), ',')));
        END
        $may$;

        CREATE FUNCTION refuse_foreign_image() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $refuse$
        DECLARE
            image uuid;
        BEGIN
            IF coalesce(current_setting('app.current_user_id', true), '') = '' THEN
                RETURN NEW;
            END IF;

            FOR image IN
                {GuildUse.NewImages} EXCEPT {GuildUse.OldImages}
            LOOP
                IF NOT may_use_image(image) AND EXISTS (SELECT FROM game_images WHERE id = image) THEN
                    RAISE EXCEPTION 'The member may not use the image %.', image USING
                        ERRCODE = '{SqlState}',
                        COLUMN = CASE image WHEN NEW.thumbnail_id THEN 'thumbnail_id' ELSE 'banner_image_id' END;
                END IF;
            END LOOP;

            RETURN NEW;
        END
        $refuse$;

        CREATE TRIGGER refuse_foreign_image BEFORE INSERT OR UPDATE OF thumbnail_id, banner_image_id ON game_sessions
            FOR EACH ROW EXECUTE FUNCTION refuse_foreign_image();
        GRANT EXECUTE ON FUNCTION may_use_image(uuid) TO {Roles.App};
        CREATE POLICY uploads_of_sent_images ON image_uploads AS RESTRICTIVE FOR INSERT TO {Roles.App}
            WITH CHECK (may_use_image(image_id) AND ({OfCallerOrNoGuild}));
        CREATE POLICY uploads_for_the_guild ON image_uploads AS RESTRICTIVE FOR UPDATE TO {Roles.App} WITH CHECK ({OfCallerOrNoGuild});
        """;

    public const string Drop =
        """
        DROP POLICY uploads_for_the_guild ON image_uploads;
        DROP POLICY uploads_of_sent_images ON image_uploads;
        DROP TRIGGER refuse_foreign_image ON game_sessions;
        DROP FUNCTION refuse_foreign_image();
        DROP FUNCTION may_use_image(uuid);
        """;
}
