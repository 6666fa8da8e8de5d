using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Testing;

namespace GameImages.Attacks.Fuzzing;

/// <summary>Creates the bytes of valid and slightly invalid requests for an OpenAPI document.</summary>
internal sealed class RequestFactory(ApiOperation[] operations, Values values, Random random, Func<string> token)
{
    private const string Boundary = "fuzz";

    private static readonly (string, string)[] OtherHeaders =
    [
        ("Content-Encoding", "gzip"),
        ("Expect", "100-continue"),
        ("Cookie", "session=abc; csrf=def"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Accept", "text/plain"),
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"];

    /// <returns>A request, and whether its body is shorter than announced.</returns>
    public (string Line, byte[] Bytes, bool IsShort) Next()
    {
        var operation = values.Pick(operations);
        var method = random.Next(30) == 0 ? values.Pick(Methods) : operation.Method;
        var line = $"{method} {Path(operation)} HTTP/1.1";
        var body = operation.Bodies.Length == 0 && random.Next(20) > 0 ? ([], []) : Body(operation);
        var announced = random.Next(25) switch
        {
            0 => body.Bytes.Length + random.Next(1, 100),
            1 => Math.Max(0, body.Bytes.Length - random.Next(1, 10)),
            _ => body.Bytes.Length,
        };

        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        if (body.Bytes.Length > 0)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {announced}\r\n");
        foreach (var (name, value) in Headers(operation).Concat(body.Headers))
            head.Append(CultureInfo.InvariantCulture, $"{name}: {OneLine(value)}\r\n");

        return (line, [.. Encoding.UTF8.GetBytes($"{head}\r\n"), .. body.Bytes], body.Bytes.Length > 0 && announced > body.Bytes.Length);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings("").Replace("\0", "", StringComparison.Ordinal);

    private string Path(ApiOperation operation)
    {
        var path = operation.Path
            .Replace("{id}", Escape(values.GameId()), StringComparison.Ordinal)
            .Replace("{name}", Escape(values.ImageName()), StringComparison.Ordinal);
        var query = operation.Query.Where(_ => random.Next(2) == 0).Select(name => $"{name}={Escape(values.Next())}").ToList();
        if (random.Next(20) == 0)
            query.Add(Escape(values.Next()));

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private IEnumerable<(string Name, string Value)> Headers(ApiOperation operation)
    {
        yield return ("Authorization", random.Next(24) switch
        {
            0 => values.Next(),
            1 => $"Bearer {values.Next()}",
            2 => $"Bearer {token()}x",
            3 => $"Bearer {token().Insert(random.Next(20, 80), values.Pick(".", "A", "=", "%"))}",
            _ => $"Bearer {token()}",
        });

        foreach (var name in operation.Headers.Where(_ => random.Next(3) == 0))
            yield return (name, values.Next());

        if (random.Next(15) == 0)
            yield return values.Pick(OtherHeaders);
    }

    private ((string, string)[] Headers, byte[] Bytes) Body(ApiOperation operation)
    {
        if (operation.Bodies.Length == 0)
            return ([("Content-Type", "text/plain")], Encoding.UTF8.GetBytes(values.Next() + "x"));

        var (mediaType, fields) = values.Pick(operation.Bodies);
        var bytes = mediaType switch
        {
            "application/json" => Json(fields),
            "multipart/form-data" => Form(fields),
            _ => Image(),
        };
        if (random.Next(8) == 0 && bytes.Length > 0)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));

        var boundary = random.Next(20) == 0 ? values.Next() : Boundary;
        var type = mediaType == "multipart/form-data" ? $"{mediaType}; boundary={boundary}" : mediaType;
        return ([("Content-Type", random.Next(25) == 0 ? values.Next() : type)], bytes);
    }

    private byte[] Json(string[] fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in Fields(fields))
        {
            json[name] = random.Next(6) switch
            {
                0 => random.Next(),
                1 => null,
                2 => new JsonArray(value),
                _ => value,
            };
        }

        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(random.Next(40) == 0 ? new JsonArray(json) : json);
    }

    private byte[] Form(string[] fields)
    {
        using var form = new MemoryStream();
        foreach (var (name, value) in Fields(fields))
        {
            var isImage = name is "thumbnail" or "banner" ^ random.Next(30) == 0;
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{(isImage ? "; filename=\"a.png\"" : "")}\r\n\r\n");
            form.Write(isImage ? Image() : Encoding.UTF8.GetBytes(value));
            Write("\r\n");
        }

        if (random.Next(20) > 0)
            Write($"--{Boundary}--\r\n");

        return form.ToArray();

        void Write(string text) => form.Write(Encoding.UTF8.GetBytes(text));
    }

    // The required fields of a game are usually present and valid.
    private IEnumerable<(string Name, string Value)> Fields(string[] fields)
    {
        foreach (var name in fields)
        {
            var valid = name switch
            {
                "guild_id" => "42",
                "channel_id" => "5",
                "title" => "Dune: Imperium",
                "scheduled_at" => "2027-02-07T19:30:00Z",
                _ => null,
            };
            if (valid is not null && random.Next(8) > 0)
                yield return (name, valid);
            else if (random.Next(6) == 0)
                yield return (name, values.Next());
        }

        if (random.Next(25) == 0)
            yield return (values.Next(), values.Next());
    }

    private byte[] Image()
    {
        var number = random.Next(1000);
        var image = random.Next(4) switch
        {
            0 => Pictures.Png(number, random.Next(3000)),
            1 => Pictures.Gif(number),
            2 => Pictures.Jpeg(number),
            _ => Pictures.WebP(number),
        };
        return random.Next(6) == 0 ? image[..random.Next(image.Length)] : image;
    }

    // The text is percent-encoded, except for some requests, which contain characters that need the encoding.
    private string Escape(string text) =>
        random.Next(10) == 0 ? new([.. text.Where(character => character is > ' ' and < '\u007F')]) : Uri.EscapeDataString(text);
}
