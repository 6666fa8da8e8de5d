namespace GameImages.Operations.Server;

/// <summary>Checks that the service ends expired uploads. Their images would fill the disk.</summary>
internal static class UploadCheck
{
    public static readonly Check Check = Check.Sql(
        "uploads",
        "expired uploads end",
        """
        SELECT 'warning', format('%s expired more than an hour ago, the oldest at %s', count(*), date_trunc('minute', min(expires_at))),
            'The service ends expired uploads once a minute. Start it, or read its log.'
        FROM image_uploads WHERE expires_at < now() - interval '1 hour' HAVING count(*) > 0
        """);
}
