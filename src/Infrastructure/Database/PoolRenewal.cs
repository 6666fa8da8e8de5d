using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Closes the connections of a pool after an error of a read-only server. They would lead to that server for as long as they are open.
/// </summary>
internal sealed class PoolRenewal(NpgsqlDataSource pool, TimeProvider time)
{
    // If each error closed the connections, every write during a long maintenance would open new ones.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long? last;

    public void RenewAfter(Exception fault)
    {
        if (DatabaseFaults.KindOf(fault) != FaultKind.ReadOnlyServer)
            return;

        lock (gate)
        {
            if (last is { } renewed && time.GetElapsedTime(renewed) < ShortestInterval)
                return;

            last = time.GetTimestamp();
        }

        pool.Clear();
    }
}
