using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GameImages.Migrator;

/// <summary>Prints the result of a command to standard output: text for people, or with --json one document for programs.</summary>
internal sealed class Output
{
    public static readonly Option<bool> Json = new("--json") { Description = "Prints the result as one JSON document.", Recursive = true };

    /// <summary>Names and enumeration values in snake_case, times as RFC 3339, and no null values.</summary>
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

        // For a program that reads the output, no line is cut, wrapped or coloured.
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 100_000;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
    }

    public bool IsJson { get; }

    public static Output Of(ParseResult parsed) => new(parsed.GetValue(Json));

    /// <summary>Prints the result as JSON or as text.</summary>
    public void Write(object result, Action<Output> asText)
    {
        if (IsJson)
            Console.WriteLine(JsonSerializer.Serialize(result, JsonFormat));
        else
            asText(this);
    }

    /// <param name="color">Emphasizes the line on a terminal that has colours.</param>
    public void Line(string text = "", Color? color = null)
    {
        // On a terminal with a progress bar, the line replaces the bar, which is then drawn again below it.
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

    /// <summary>
    /// Replaces control characters. Titles, reasons and types come from other people, and an escape sequence in them must not reach a
    /// terminal.
    /// </summary>
    public static string Printable(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '\uFFFD' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not '\n';
}
