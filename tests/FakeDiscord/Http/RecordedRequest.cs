namespace GameImages.Testing.Discord.Http;

/// <summary>A request as it came.</summary>
/// <param name="Body">The JSON, also of a request in parts; null without any.</param>
public sealed record RecordedRequest(
    DateTimeOffset Time, string Method, string Path, DiscordEndpoint Endpoint, IReadOnlyDictionary<string, string> Headers, string? Body)
{
    /// <summary>Of the answer; null before it, and when there is none.</summary>
    public int? Status { get; internal set; }
}
