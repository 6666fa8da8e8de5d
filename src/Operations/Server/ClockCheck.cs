using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>The server and this machine agree on the time.</summary>
internal static class ClockCheck
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Harmful = TimeSpan.FromSeconds(5);

    public static Check Of(TimeProvider time) => new("clock", async (connection, ct) => [await LookAsync(connection, time, ct)]);

    private static async Task<Finding> LookAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken ct)
    {
        var asked = time.GetUtcNow();
        var theirs = await connection.QuerySingleAsync<DateTime>(new("SELECT clock_timestamp()", cancellationToken: ct));
        var difference = theirs - (asked + (time.GetUtcNow() - asked) / 2).UtcDateTime;

        var health = difference.Duration() > Harmful ? Health.Problem : difference.Duration() > Noticeable ? Health.Warning : Health.Ok;
        return new("clock", health, $"the server's is {Math.Abs(difference.TotalSeconds):0.0} s {(difference < TimeSpan.Zero ? "behind" : "ahead of")} this machine's", health == Health.Ok ? null : "Let both follow NTP.");
    }
}
