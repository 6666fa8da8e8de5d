using System.Text.Json.Nodes;
using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord.Forms;

/// <summary>The mistakes of a request: errors that Discord refuses, and violations that it accepts.</summary>
internal sealed class Form
{
    private readonly JsonObject errors = [];

    public List<(string Rule, string Message)> Violations { get; } = [];

    public bool IsValid => errors.Count == 0;

    public DiscordResponse? Refusal => IsValid ? null : DiscordResponse.InvalidFormBody(errors.DeepClone());

    /// <summary>Adds an error (Discord's documentation, "Error Messages"). It is nested as deeply as its field.</summary>
    /// <param name="path">Names and indices with slashes between them; empty for the whole request.</param>
    public void Refuse(string path, string code, string message)
    {
        var node = errors;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = Child(node, part, () => new JsonObject());

        Child(node, "_errors", () => new JsonArray()).Add((JsonNode)new JsonObject { ["code"] = code, ["message"] = message });
    }

    private static T Child<T>(JsonObject parent, string name, Func<T> create) where T : JsonNode
    {
        if (parent[name] is null)
            parent[name] = create();

        return (T)parent[name]!;
    }
}
