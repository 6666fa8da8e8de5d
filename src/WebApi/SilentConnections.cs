using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GameImages.WebApi;

/// <summary>
/// Closes connections over which the client sends nothing. Kestrel's own limit for them is the keep-alive timeout, which has to be longer
/// than the timeout of the proxies in front.
/// </summary>
internal static class SilentConnections
{
    /// <summary>How long a new connection may be silent. On a TLS connection, the first byte of the handshake ends the silence.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(12);

    public static void CloseSilentConnections(this ListenOptions endpoint)
    {
        var time = endpoint.ApplicationServices.GetRequiredService<TimeProvider>();
        endpoint.Use(next => async connection =>
        {
            if (await HasSpokenAsync(connection, time))
                await next(connection);
        });
    }

    private static async Task<bool> HasSpokenAsync(ConnectionContext connection, TimeProvider time)
    {
        var isStopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var late = new CancellationTokenSource(MaxSilence, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, isStopping);

        try
        {
            // This consumes nothing, so the server reads the same bytes again.
            var read = await connection.Transport.Input.ReadAsync(end.Token);
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return true;
        }
        // No byte arrived in time, the server is stopping, or the client closed the connection.
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
