namespace GameImages.Infrastructure.Schema;

/// <summary>
/// The queue of schema version 13: the images that have no variants yet. The worker's role can do nothing but read these images, and end
/// the work on one of them with a function. It therefore needs no right on a table.
/// </summary>
internal static class MissingVariants
{
    /// <summary>Each transaction that inserts an image sends a notification without a payload.</summary>
    public const string Channel = "image_variants";

    public const string StoreSignature = "store_variants(uuid, integer, integer, bytea, integer, integer[], integer[], bytea[])";
    public const string RefuseSignature = "refuse_variants(uuid, text)";

    public const string AddColumns =
        """
        ALTER TABLE game_images
            ADD COLUMN shown_width integer CHECK (shown_width > 0),
            ADD COLUMN shown_height integer CHECK (shown_height > 0),
            ADD COLUMN placeholder bytea CHECK (octet_length(placeholder) BETWEEN 5 AND 25),
            ADD COLUMN dominant_color integer CHECK (dominant_color BETWEEN 0 AND 16777215),
            ADD COLUMN variants_made_at timestamptz,
            ADD COLUMN variants_refusal text CHECK (char_length(variants_refusal) <= 1000);
        COMMENT ON COLUMN game_images.shown_width IS 'The width with the orientation applied; null until the worker has seen the image.';
        COMMENT ON COLUMN game_images.placeholder IS 'The ThumbHash of the image.';
        COMMENT ON COLUMN game_images.dominant_color IS 'The most frequent color, as 0xRRGGBB.';
        COMMENT ON COLUMN game_images.variants_made_at IS 'When the variants were made; null if the worker still has to make them.';
        COMMENT ON COLUMN game_images.variants_refusal IS 'Why the image gets no variants.';
        """;

    public const string DropColumns =
        """
        ALTER TABLE game_images
            DROP COLUMN shown_width, DROP COLUMN shown_height, DROP COLUMN placeholder, DROP COLUMN dominant_color,
            DROP COLUMN variants_made_at, DROP COLUMN variants_refusal;
        """;

    // The lock on the image's row protects its variants. Without it, the image could be deleted between the check and the insertion, or
    // two workers could store the variants of one image. It is held until the commit. A worker that waits then finds no image that needs
    // variants, and stores nothing. Programs that cache the old variants are notified.
    private const string Store =
        $"""
        CREATE FUNCTION store_variants(
            image uuid, shown_width integer, shown_height integer, placeholder bytea, dominant_color integer,
            widths integer[], heights integer[], contents bytea[])
            RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $store$
        BEGIN
            UPDATE game_images
            SET shown_width = store_variants.shown_width, shown_height = store_variants.shown_height,
                placeholder = store_variants.placeholder, dominant_color = store_variants.dominant_color, variants_made_at = now()
            WHERE id = image AND {Waits};
            IF NOT FOUND THEN
                RETURN false;
            END IF;

            DELETE FROM image_variants WHERE image_id = image;
            IF FOUND THEN
                PERFORM pg_notify('{V0005_NotifyImageChanges.Channel}', image::text);
            END IF;

            INSERT INTO image_variants (image_id, width, height, image_data, byte_length, content_hash)
            SELECT image, width, height, content, octet_length(content), sha256(content)
            FROM unnest(widths, heights, contents) AS variant (width, height, content);
            RETURN true;
        END
        $store$;
        """;

    /// <summary>The condition of an image that waits for its variants.</summary>
    private const string Waits = "variants_made_at IS NULL AND variants_refusal IS NULL AND quarantined_at IS NULL";

    public const string Create =
        $"""
        CREATE INDEX game_images_without_variants_idx ON game_images (created_at, id) WHERE {Waits};
        CREATE VIEW images_without_variants WITH (security_barrier) AS
            SELECT id, mime_type, image_data, content_hash, created_at FROM game_images WHERE {Waits};
        COMMENT ON VIEW images_without_variants IS 'The images that the worker still has to look at.';
        {Store}

        CREATE FUNCTION refuse_variants(image uuid, reason text)
            RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $refuse$
        BEGIN
            UPDATE game_images SET variants_refusal = left(reason, 1000) WHERE id = image AND {Waits};
            IF FOUND THEN
                DELETE FROM image_variants WHERE image_id = image;
                PERFORM pg_notify('{V0005_NotifyImageChanges.Channel}', image::text);
            END IF;
        END
        $refuse$;

        CREATE FUNCTION notify_new_image() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $notify$
        BEGIN
            PERFORM pg_notify('{Channel}', '');
            RETURN NULL;
        END
        $notify$;
        CREATE TRIGGER notify_new_image AFTER INSERT ON game_images FOR EACH ROW EXECUTE FUNCTION notify_new_image();
        """;

    public const string Drop =
        $"""
        DROP TRIGGER notify_new_image ON game_images;
        DROP FUNCTION notify_new_image();
        DROP FUNCTION {RefuseSignature};
        DROP FUNCTION {StoreSignature};
        DROP VIEW images_without_variants;
        DROP INDEX game_images_without_variants_idx;
        """;
}
