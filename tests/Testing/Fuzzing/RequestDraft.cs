using System.Text;
using System.Text.Json.Nodes;

namespace GameImages.Testing.Fuzzing;

/// <summary>A request that is valid at first, and that changes make less so.</summary>
internal sealed class RequestDraft(ApiOperation operation)
{
    private const string Boundary = "fuzz";

    public ApiOperation Operation { get; } = operation;

    public string Method { get; set; } = operation.Method;

    /// <summary>The percent-encoded path.</summary>
    public string Path { get; set; } = operation.Path;

    /// <summary>The percent-encoded pairs of the query.</summary>
    public List<string> Query { get; } = [];

    public string Version { get; set; } = "HTTP/1.1";

    public List<(string Name, string Value)> Headers { get; } = [("Host", "127.0.0.1"), ("Connection", "close")];

    /// <summary>The media type of the body that the operation describes; null for a request without a body.</summary>
    public string? MediaType { get; set; }

    public List<(string Name, JsonNode? Value)> Fields { get; } = [];

    /// <summary>The files of a form. The only one of another body is the body itself.</summary>
    public List<(string Name, byte[] Bytes)> Files { get; } = [];

    /// <summary>The header of each file after its name.</summary>
    public string FileName { get; set; } = "; filename=\"a.png\"";

    /// <summary>The Content-Type of the request; null for the one that the media type has.</summary>
    public string? ContentType { get; set; }

    public bool HasContentType { get; set; } = true;

    public Func<byte[], byte[]> ChangeBody { get; set; } = body => body;

    /// <summary>The difference between the announced and the true length of the body; null for a body in chunks.</summary>
    public int? Surplus { get; set; } = 0;

    public string LastChunk { get; set; } = "0\r\n\r\n";

    public string Target => Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query)}";

    public void Set(string header, string value)
    {
        Headers.RemoveAll(each => each.Name == header);
        Headers.Add((header, value));
    }

    public FuzzRequest ToRequest(int number, string name)
    {
        var body = MediaType is null ? [] : ChangeBody(Body());
        var head = new StringBuilder($"{Method} {Target} {Version}\r\n");
        foreach (var (header, value) in Headers)
            head.Append($"{header}: {value.ReplaceLineEndings("").Replace("\0", "", StringComparison.Ordinal)}\r\n");

        if (MediaType is not null)
        {
            if (HasContentType)
                head.Append($"Content-Type: {ContentType ?? TypeOfBody()}\r\n");
            if (Surplus is { } surplus)
                head.Append($"Content-Length: {Math.Max(0, body.Length + surplus)}\r\n");
            else
                head.Append("Transfer-Encoding: chunked\r\n");
            if (Surplus is null)
                body = [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. Encoding.ASCII.GetBytes($"\r\n{LastChunk}")];
        }

        head.Append("\r\n");
        return new(number, name, Method, Target, [.. Encode(head.ToString()), .. body], IsShort: Surplus > 0 || LastChunk == "");
    }

    // Characters below U+0100 become one byte, which is not UTF-8 above U+007F.
    private static byte[] Encode(string head) =>
        head.All(letter => letter <= '\u00FF') ? Encoding.Latin1.GetBytes(head) : Encoding.UTF8.GetBytes(head);

    private string TypeOfBody() => MediaType == "multipart/form-data" ? $"{MediaType}; boundary={Boundary}" : MediaType!;

    private byte[] Body() => MediaType switch
    {
        "application/json" => Json(),
        "multipart/form-data" => Form(),
        _ => Files[0].Bytes,
    };

    // A JsonObject cannot contain a field twice.
    private byte[] Json() => Encoding.UTF8.GetBytes(
        "{" + string.Join(',', Fields.Select(field => $"{JsonValue.Create(field.Name).ToJsonString()}:{Text(field.Value)}")) + "}");

    private byte[] Form()
    {
        var form = new MemoryStream();
        foreach (var (name, value) in Fields)
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");

        foreach (var (name, bytes) in Files)
        {
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{FileName}\r\n\r\n");
            form.Write(bytes);
            Write("\r\n");
        }

        Write($"--{Boundary}--\r\n");
        return form.ToArray();

        void Write(string text) => form.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
