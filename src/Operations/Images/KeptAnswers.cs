namespace GameImages.Operations.Images;

/// <summary>The answers that are kept for requests with an Idempotency-Key.</summary>
internal static class KeptAnswers
{
    /// <summary>
    /// Removes the descriptions of the images @ids. A repetition of the request would show their placeholders and alt texts again.
    /// </summary>
    public const string ForgetImages =
        """
        UPDATE idempotency_keys
        SET answer = answer
            || CASE WHEN (answer->>'thumbnail_id')::uuid = ANY (@ids) THEN jsonb '{"thumbnail": null, "thumbnail_alt": null}' ELSE '{}' END
            || CASE WHEN (answer->>'banner_image_id')::uuid = ANY (@ids) THEN jsonb '{"banner": null, "banner_alt": null}' ELSE '{}' END
        WHERE (answer->>'thumbnail_id')::uuid = ANY (@ids) OR (answer->>'banner_image_id')::uuid = ANY (@ids)
        """;
}
