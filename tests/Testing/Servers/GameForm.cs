namespace GameImages.Testing.Servers;

/// <summary>The form with which a client creates a game.</summary>
internal static class GameForm
{
    /// <param name="thumbnail">The thumbnail; null for a game without images.</param>
    public static MultipartFormDataContent Create(byte[]? thumbnail = null)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent($"{PublishedService.Guild}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Dune: Imperium"), "title" },
            { new StringContent("2026-02-07T20:30:00+01:00"), "scheduled_at" },
        };
        if (thumbnail is not null)
            form.Add(new ByteArrayContent(thumbnail), "thumbnail", "thumbnail.png");

        return form;
    }
}
