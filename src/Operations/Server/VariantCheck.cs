namespace GameImages.Operations.Server;

/// <summary>Checks that a worker makes the variants of images.</summary>
internal static class VariantCheck
{
    public static readonly Check Check = Check.Sql(
        "variants",
        "no image waits long for its variants, and none was refused",
        """
        SELECT 'warning',
            format('images that were stored more than 10 minutes ago and wait for variants: %s, the oldest since %s',
                count(*), date_trunc('minute', min(created_at))),
            'Start the worker, GameImages.Variants, or read its log.'
        FROM images_without_variants WHERE created_at < now() - interval '10 minutes' HAVING count(*) > 0
        UNION ALL
        SELECT 'warning', format('images that get no variants: %s', count(*)), 'gameimages variants list says why.'
        FROM game_images WHERE variants_refusal IS NOT NULL HAVING count(*) > 0
        """);
}
