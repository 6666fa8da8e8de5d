namespace GameImages.Testing.Discord;

/// <summary>A bot user of the API, identified by its token.</summary>
public sealed record Bot(string Token, long Id, string Username)
{
    public static readonly Bot Default = new("fake-token", 1100000000000000001, "fake");
}
