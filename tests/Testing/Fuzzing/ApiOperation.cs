using System.Text.Json.Nodes;
using Json.Schema;

namespace GameImages.Testing.Fuzzing;

/// <summary>One operation of an OpenAPI document.</summary>
/// <param name="Path">The path, with the names of its parameters in braces.</param>
/// <param name="Security">The names of the schemes. The request needs one of them. Empty if it needs no credentials.</param>
/// <param name="Bodies">The accepted media types, with their schemas.</param>
/// <param name="Responses">The responses by their status.</param>
internal sealed record ApiOperation(
    string Id,
    string Method,
    string Path,
    string[] Security,
    ApiParameter[] Parameters,
    (string MediaType, JsonObject Schema)[] Bodies,
    Dictionary<int, ApiResponse> Responses)
{
    public bool Has(string parameter) => Parameters.Any(each => each.Name == parameter);
}

/// <param name="Place">Where the parameter is: path, query or header.</param>
internal sealed record ApiParameter(string Name, string Place, JsonObject Schema);

/// <param name="Headers">The names of the headers, and whether each response has them.</param>
/// <param name="Contents">The media types, with the schemas of JSON. Empty for a response without a body.</param>
internal sealed record ApiResponse((string Name, bool IsRequired)[] Headers, Dictionary<string, JsonSchema> Contents);
