using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace GameImages.Migrator;

/// <summary>A result with a list that may be long: each item is printed when it is found, and none is kept. With --json it is still one document.</summary>
internal sealed class Listing : IDisposable
{
    private readonly Output output;
    private readonly Utf8JsonWriter? json;

    /// <param name="name">Of the list in the document.</param>
    public Listing(Output output, string name)
    {
        this.output = output;
        if (!output.IsJson)
            return;

        json = new(Console.OpenStandardOutput(), new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray(name);
    }

    public void Add(object item, string line, Color? color = null)
    {
        if (json is null)
        {
            output.Line(line, color);
            return;
        }

        JsonSerializer.Serialize(json, item, Output.JsonFormat);
        json.Flush();
    }

    /// <param name="summary">Its properties follow the list in the document.</param>
    public void End(object summary, Action<Output> asText)
    {
        if (json is null)
        {
            asText(output);
            return;
        }

        json.WriteEndArray();
        foreach (var property in JsonSerializer.SerializeToElement(summary, Output.JsonFormat).EnumerateObject())
            property.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        Console.WriteLine();
    }

    // A command that failed leaves its document unfinished, so that nobody takes it for a result.
    public void Dispose()
    {
        json?.Reset(Stream.Null);
        json?.Dispose();
    }
}
