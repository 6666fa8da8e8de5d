using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Compares the clock of the server with the clock of this machine.</summary>
internal static class ClockCheck
{
    private const string Name = "clock";

    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Harmful = TimeSpan.FromSeconds(5);

    public static Check Of(TimeProvider time) => new(Name, async (connection, ct) => [await FindAsync(connection, time, ct)]);

    private static async Task<Finding> FindAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken ct)
    {
        var before = time.GetUtcNow();
        var server = await connection.QuerySingleAsync<DateTime>(new("SELECT clock_timestamp()", cancellationToken: ct));
        var difference = server - (before + (time.GetUtcNow() - before) / 2).UtcDateTime;
        var direction = difference < TimeSpan.Zero ? "behind" : "ahead of";
        var found = $"the server's clock is {Math.Abs(difference.TotalSeconds):0.0} s {direction} the clock of this machine";

        return difference.Duration() <= Noticeable
            ? new(Name, Health.Ok, found)
            : new(Name, difference.Duration() > Harmful ? Health.Problem : Health.Warning, found, "Let both clocks follow NTP.");
    }
}
