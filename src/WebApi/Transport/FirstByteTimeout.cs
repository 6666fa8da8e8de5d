using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GameImages.WebApi.Transport;

/// <summary>
/// Closes connections over which the client sends nothing. Kestrel's own limit for them is the keep-alive timeout, which has to be longer
/// than the timeout of the proxies in front of the service.
/// </summary>
internal static class FirstByteTimeout
{
    /// <summary>The time within which the first byte has to arrive. On a TLS connection it is the first byte of the handshake.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(12);

    public static void UseFirstByteTimeout(this ListenOptions endpoint, TimeProvider time) =>
        endpoint.Use(next => async connection =>
        {
            if (await HasFirstByteAsync(connection, time))
                await next(connection);
        });

    private static async Task<bool> HasFirstByteAsync(ConnectionContext connection, TimeProvider time)
    {
        var isStopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var timeout = new CancellationTokenSource(MaxWait, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, isStopping);

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
