namespace GameImages.Benchmarks.Measure;

/// <summary>One of those that are compared: where it answers, and whose time and memory that takes.</summary>
/// <param name="Server">Null for PostgreSQL alone.</param>
/// <param name="Database">Null for those without one.</param>
internal sealed record Side(string Name, Uri? Address, ProcessGroup? Server, ProcessGroup? Database)
{
    public const string Service = "service";
    public const string Before = "service before";
    public const string Nginx = "nginx";
    public const string BareKestrel = "bare Kestrel";
    public const string BareKestrelWithSelect = "bare Kestrel + SELECT";
    public const string PgBench = "pgbench";

    /// <summary>What a load takes: while it runs, nothing else does.</summary>
    public async Task<Sample> MeasureAsync(Func<Task<Outcome>> load)
    {
        Server?.ForgetPeaks();
        Database?.ForgetPeaks();
        var (serverBefore, databaseBefore) = (Server?.CpuTime, Database?.CpuTime);
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
