namespace GameImages.Testing.Discord.Http;

/// <summary>A request that the fake received.</summary>
/// <param name="Body">The JSON of the request, or of the part payload_json; null when there is none.</param>
public sealed record RecordedRequest(
    DateTimeOffset Time, string Method, string Path, DiscordEndpoint Endpoint, IReadOnlyDictionary<string, string> Headers, string? Body)
{
    /// <summary>The status of the response; null before the response is sent, and when there is none.</summary>
    public int? Status { get; internal set; }
}
