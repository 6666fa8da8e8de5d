using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GameImages.Migrator;

/// <summary>The result of a command, on standard output: text for people, or with --json one document for machines.</summary>
internal sealed class Output
{
    public static readonly Option<bool> Json = new("--json") { Description = "Prints the result as one JSON document.", Recursive = true };

    /// <summary>Names in snake_case, enumerations as such names, times as RFC 3339; what is null is left out.</summary>
    public static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    private readonly IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });

    private Output(bool isJson)
    {
        IsJson = isJson;

        // Nothing is cut, wrapped or coloured for a program that reads it.
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 100_000;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
    }

    public bool IsJson { get; }

    public static Output Of(ParseResult parsed) => new(parsed.GetValue(Json));

    /// <summary>Prints the result in the form that was asked for.</summary>
    public void Write(object result, Action<Output> asText)
    {
        if (IsJson)
            Console.WriteLine(JsonSerializer.Serialize(result, JsonFormat));
        else
            asText(this);
    }

    /// <param name="color">For a line that asks for attention, where the terminal has colours.</param>
    public void Line(string text = "", Color? color = null)
    {
        // On a terminal with a bar, lines go above it, where the rest of it is erased first.
        if (ProgressBar.Terminal is { } shared && !Console.IsOutputRedirected)
        {
            shared.Write(new Text($"\e[J{Printable(text)}\n", new Style(color)));
            return;
        }

        console.Write(new Text(Printable(text), new Style(color)));
        console.WriteLine();
    }

    public void Table(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded);

        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => (IRenderable)new Text(Printable(cell))));

        console.Write(table);
    }

    /// <summary>Titles, reasons and types are other people's: an escape sequence in one must not reach a terminal.</summary>
    public static string Printable(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '\uFFFD' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not '\n';
}
