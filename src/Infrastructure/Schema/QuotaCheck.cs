namespace GameImages.Infrastructure.Schema;

/// <summary>The function of schema version 11 that refuses a change which exceeds a quota.</summary>
internal static class QuotaCheck
{
    /// <summary>
    /// The SQLSTATE of a change that exceeds a quota. The error's constraint is the name of the quota, and its hint has the limit and
    /// the use before the change, with a space between them. The driver hides the detail of an error.
    /// </summary>
    public const string SqlState = "GI429";

    // The setting app.quotas has the limits in the order of CallerSettings.Of, with commas between them. Without it nothing is limited:
    // operators, migrations and services of earlier versions do not set it.
    public const string Create =
        $"""
        CREATE FUNCTION check_quota(quota text, number integer, use bigint, added bigint) RETURNS void
            LANGUAGE plpgsql SET search_path = public, pg_temp AS $quota$
        DECLARE
            most bigint := nullif(split_part(current_setting('app.quotas', true), ',', number), '');
        BEGIN
            IF added > 0 AND use > most THEN
                RAISE EXCEPTION 'The quota % is exceeded.', quota
                    USING ERRCODE = '{SqlState}', CONSTRAINT = quota, HINT = format('%s %s', most, use - added);
            END IF;
        END
        $quota$;
        """;

    public const string Drop = "DROP FUNCTION check_quota(text, integer, bigint, bigint);";
}
