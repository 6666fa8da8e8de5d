using System.Diagnostics.Metrics;

namespace GameImages.Testing;

/// <summary>Counts the bytes that this process sends to one test database. It reads the meter of Npgsql.</summary>
public sealed class Traffic : IDisposable
{
    private readonly MeterListener listener = new();
    private long sent;

    public Traffic(TestDatabase database)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.npgsql.bytes_written" })
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, bytes, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag is { Key: "db.client.connection.pool.name", Value: string pool }
                        && pool.Contains(database.Name, StringComparison.Ordinal))
                        Interlocked.Add(ref sent, bytes);
                }
            });
        listener.Start();
    }

    public long BytesSent => Interlocked.Read(ref sent);

    public void Dispose() => listener.Dispose();
}
