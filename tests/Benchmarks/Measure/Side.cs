using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Measure;

/// <summary>One of the compared servers: its address, and the processes whose time and memory are measured.</summary>
/// <param name="Server">The processes of the server; null for PostgreSQL alone.</param>
/// <param name="Database">The processes of the database; null for servers without one.</param>
internal sealed record Side(string Name, Uri? Address, ProcessGroup? Server, ProcessGroup? Database)
{
    public const string Service = "service";
    public const string Alone = "service without the worker";
    public const string Before = "service before";
    public const string Nginx = "nginx";
    public const string BareKestrel = "bare Kestrel";
    public const string BareKestrelWithSelect = "bare Kestrel + SELECT";
    public const string PgBench = "pgbench";

    /// <summary>Measures the time and the memory that a load takes. No other load may run at the same time.</summary>
    public async Task<Sample> MeasureAsync(Func<Task<Outcome>> load)
    {
        Server?.ResetPeaks();
        Database?.ResetPeaks();
        var serverBefore = Server?.CpuTime;
        var databaseBefore = Database?.CpuTime;
        var outcome = await load();

        return new Sample
        {
            PerSecond = outcome.PerSecond,
            P50Milliseconds = outcome.P50Milliseconds,
            P99Milliseconds = outcome.P99Milliseconds,
            CpuMicroseconds = (Server?.CpuTime - serverBefore)?.TotalMicroseconds / outcome.Requests,
            DatabaseCpuMicroseconds = (Database?.CpuTime - databaseBefore)?.TotalMicroseconds / outcome.Requests,
            PeakMebibytes = Server?.PeakMiB,
            DatabasePeakMebibytes = Database?.PeakMiB,
        };
    }
}
