using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Report;

/// <summary>The results of a run, and the machine that it ran on.</summary>
internal sealed record Figures(
    DateTime MeasuredAt,
    Machine Machine,
    int Rounds,
    int Seconds,
    IReadOnlyList<Result> Results,
    IReadOnlyList<Ratio> Ratios)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new Rounded() },
    };

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "performance.json"), $"{JsonSerializer.Serialize(this, Json)}\n");
        File.WriteAllText(Path.Combine(folder, "performance.svg"), Chart.Of(Ratios));
    }

    // Further digits are noise.
    private sealed class Rounded : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value, 3));
    }
}

/// <summary>The machine of the run.</summary>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime, string Postgres, string Nginx)
{
    public static async Task<Machine> DescribeAsync(Database database, CancellationToken ct) =>
        new(
            File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
            Environment.ProcessorCount,
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            (await database.QueryAsync<string>("SHOW server_version", ct)).Single(),
            (await ExternalProgram.RunAsync("sh", ["-c", "nginx -v 2>&1"], ct)).Trim().Split('/')[^1]);
}
