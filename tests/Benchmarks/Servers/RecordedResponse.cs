using System.Text.Json;

namespace GameImages.Benchmarks.Servers;

/// <summary>A response of the service to a GET request. Bare Kestrel sends the same response.</summary>
/// <param name="IfNoneMatch">The If-None-Match header of the request; empty when there was none.</param>
internal sealed record RecordedResponse(string Path, string IfNoneMatch, int Status, Dictionary<string, string> Headers, byte[] Body)
{
    public static async Task<RecordedResponse> RecordAsync(HttpClient client, string path, string ifNoneMatch, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (ifNoneMatch.Length > 0)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);

        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsByteArrayAsync(ct);

        // Kestrel sets these headers itself.
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => header.Key is not "Date" and not "Transfer-Encoding")
            .ToDictionary(header => header.Key, header => header.Value.ToString());
        return new(path, ifNoneMatch, (int)response.StatusCode, headers, body);
    }

    public static void Write(string file, IEnumerable<RecordedResponse> responses) =>
        File.WriteAllText(file, JsonSerializer.Serialize(responses));

    public static RecordedResponse[] Read(string file) => JsonSerializer.Deserialize<RecordedResponse[]>(File.ReadAllText(file))!;
}
