using System.Text.Json;

namespace GameImages.Benchmarks.Servers;

/// <summary>What the service answered to a GET, for bare Kestrel to answer the same.</summary>
/// <param name="IfNoneMatch">As asked; empty when it was not.</param>
internal sealed record Answer(string Path, string IfNoneMatch, int Status, Dictionary<string, string> Headers, byte[] Body)
{
    public static async Task<Answer> RecordAsync(HttpClient client, string path, string ifNoneMatch, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (ifNoneMatch.Length > 0)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);

        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsByteArrayAsync(ct);

        // Kestrel sets the date itself.
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => header.Key is not "Date" and not "Transfer-Encoding")
            .ToDictionary(header => header.Key, header => header.Value.ToString());
        return new(path, ifNoneMatch, (int)response.StatusCode, headers, body);
    }

    public static void Write(string file, IEnumerable<Answer> answers) => File.WriteAllText(file, JsonSerializer.Serialize(answers));

    public static Answer[] Read(string file) => JsonSerializer.Deserialize<Answer[]>(File.ReadAllText(file))!;
}
