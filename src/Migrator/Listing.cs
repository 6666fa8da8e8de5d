using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace GameImages.Migrator;

/// <summary>
/// Prints a result with a list that may be long. Each item is printed when it is found, and no item is kept in memory. With --json, the
/// result is still one document.
/// </summary>
internal sealed class Listing : IDisposable
{
    private readonly Output output;
    private readonly Utf8JsonWriter? json;

    /// <param name="name">The name of the list in the document.</param>
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

    /// <param name="summary">The document has its properties after the list.</param>
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

    // A command that failed leaves its document incomplete, so that no program takes it for a result.
    public void Dispose()
    {
        json?.Reset(Stream.Null);
        json?.Dispose();
    }
}
