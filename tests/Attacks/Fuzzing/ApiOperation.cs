using System.Text.Json.Nodes;

namespace GameImages.Attacks.Fuzzing;

/// <summary>The parts of an operation of the OpenAPI document that a request needs.</summary>
/// <param name="Path">The path, with the names of its parameters in braces.</param>
/// <param name="Query">The names of its query parameters.</param>
/// <param name="Headers">The names of its header parameters.</param>
/// <param name="Bodies">The accepted media types and their fields. An image has no fields.</param>
internal sealed record ApiOperation(
    string Method, string Path, string[] Query, string[] Headers, (string MediaType, string[] Fields)[] Bodies)
{
    /// <returns>All operations of a document.</returns>
    public static ApiOperation[] Read(JsonNode document)
    {
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select Of(operation.Key, path.Key, operation.Value!)
        ];

        ApiOperation Of(string method, string path, JsonNode operation)
        {
            var parameters = (operation["parameters"]?.AsArray() ?? []).Select(each => Resolve(each!)).ToArray();
            var bodies = operation["requestBody"]?["content"]?.AsObject() ?? [];
            var fields = bodies.Select(body => (body.Key, Fields(body.Value!)));
            return new(method.ToUpperInvariant(), path, Names("query"), Names("header"), [.. fields]);

            string[] Names(string place) =>
                [.. parameters.Where(each => each["in"]!.GetValue<string>() == place).Select(each => each["name"]!.GetValue<string>())];
        }

        string[] Fields(JsonNode body) => [.. (Resolve(body["schema"]!)["properties"]?.AsObject() ?? []).Select(property => property.Key)];

        JsonNode Resolve(JsonNode node) => node["$ref"]?.GetValue<string>() is { } reference
            ? reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at[name]!)
            : node;
    }
}
