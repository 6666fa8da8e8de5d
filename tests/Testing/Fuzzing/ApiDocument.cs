using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace GameImages.Testing.Fuzzing;

/// <summary>An OpenAPI document, read for sending requests and for checking the responses.</summary>
internal sealed class ApiDocument
{
    private readonly JsonNode document;
    private readonly (Regex Path, string Template)[] paths;

    public ApiDocument(string json)
    {
        document = JsonNode.Parse(json)!;
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select Read(operation.Key, path.Key, operation.Value!)
        ];
        // A template with more text fits fewer paths, so it is tried first.
        paths = [.. Operations.Select(each => each.Path).Distinct().OrderByDescending(Literals).Select(path => (Pattern(path), path))];
    }

    public ApiOperation[] Operations { get; }

    /// <returns>The operations of the path of a request, which may have none.</returns>
    /// <param name="target">The path and the query of the request.</param>
    public ApiOperation[] Find(string target)
    {
        // The service resolves dots in a path first.
        var path = target.Split('?')[0];
        if (Uri.TryCreate($"http://service{path}", UriKind.Absolute, out var uri))
            path = uri.AbsolutePath;
        var template = paths.FirstOrDefault(each => each.Path.IsMatch(path)).Template;
        return [.. Operations.Where(each => each.Path == template)];
    }

    private ApiOperation Read(string method, string path, JsonNode operation)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(each => Resolve(each!)).Select(each =>
            new ApiParameter(Text(each, "name"), Text(each, "in"), Resolve(each["schema"]!)));
        var bodies = (operation["requestBody"]?["content"]?.AsObject() ?? []).Select(body =>
            (body.Key, Resolve(body.Value!["schema"]!)));
        var security = (operation["security"]?.AsArray() ?? []).SelectMany(either => either!.AsObject().Select(scheme => scheme.Key));
        var responses = operation["responses"]!.AsObject().ToDictionary(each => int.Parse(each.Key), each => Read(Resolve(each.Value!)));
        return new(
            Text(operation, "operationId"), method.ToUpperInvariant(), path, [.. security], [.. parameters], [.. bodies], responses);
    }

    private ApiResponse Read(JsonObject response)
    {
        var headers = (response["headers"]?.AsObject() ?? []).Select(each =>
            (each.Key, Resolve(each.Value!)["required"]?.GetValue<bool>() == true));
        var contents = (response["content"]?.AsObject() ?? []).ToDictionary(each => each.Key, each => Schema(each.Value!["schema"]!));
        return new([.. headers], contents);
    }

    // An object of a response has no fields that the document does not describe. JSON Schema does not know the formats of OpenAPI.
    private JsonSchema Schema(JsonNode schema)
    {
        var definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var definition in definitions.Select(each => each.Value!))
            Prepare(definition);

        var whole = schema.DeepClone().AsObject();
        Prepare(whole);
        whole["$defs"] = definitions;
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static void Prepare(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var element in array)
                Prepare(element);
        }
        else if (node is JsonObject schema)
        {
            foreach (var (_, value) in schema.ToList())
                Prepare(value);
            if (schema["format"]?.ToString() is "int32" or "binary")
                schema.Remove("format");
            if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
                schema["additionalProperties"] = false;
        }
    }

    private JsonObject Resolve(JsonNode node) => (node["$ref"]?.GetValue<string>() is { } reference
        ? reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at[name]!)
        : node).AsObject();

    // The service ignores the case of a path and a slash at its end, as ASP.NET does.
    private static Regex Pattern(string template) => new(
        "^" + Regex.Replace(template, @"\{\w+\}|\.", part => part.Value == "." ? @"\." : "[^/]+") + "/?$",
        RegexOptions.IgnoreCase);

    private static int Literals(string template) => Regex.Replace(template, @"\{\w+\}", "").Length;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
