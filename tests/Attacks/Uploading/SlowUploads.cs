using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using GameImages.Testing.Servers;

namespace GameImages.Attacks.Uploading;

/// <summary>The connections of an attack. The body of each request is valid, but most arrive slowly or not completely.</summary>
/// <param name="token">Creates the bearer token of a user.</param>
/// <param name="game">The game whose images the attackers set, if the bodies are raw.</param>
internal sealed class SlowUploads(UploadCase each, Uri service, Func<long, string> token, Guid game)
{
    private const int Piece = 16 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly PngSeries images = new(each.ImageBytes);
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private int lastImage;

    /// <summary>The number of responses by status.</summary>
    public string Responses =>
        string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}"));

    public Task RunAsync(CancellationToken stop)
    {
        // The connections of an attack that never completes can all send the same bytes.
        var incomplete = each.IsComplete ? null : Body(0);
        return Task.WhenAll(
            Enumerable.Range(0, each.Connections).Select(number => RepeatAsync(token(1 + number % each.Users), incomplete, stop)));
    }

    // Opens a new connection each time the service ends one.
    private async Task RepeatAsync(string bearer, byte[]? incomplete, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var exchange = await Exchange.OpenAsync(service, stop);
                var response = exchange.ReceiveHeadAsync(stop);
                var body = incomplete ?? Body(Interlocked.Increment(ref lastImage));
                await Task.WhenAny(response, SendAsync(exchange, bearer, body, response, stop));
                statuses.AddOrUpdate(await response, 1, (_, count) => count + 1);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or BrokenRunException)
            {
                // The service ended the connection, or the measurement is over.
            }
        }
    }

    private async Task SendAsync(Exchange exchange, string bearer, byte[] body, Task response, CancellationToken stop)
    {
        var line = each.IsRaw ? $"PUT /api/v1/games/{game}/banner" : "POST /api/v1/games";
        var type = each.IsRaw ? "image/png" : "multipart/form-data; boundary=b";
        var length = each.IsChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        await exchange.SendAsync(
            Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: {service.Authority}\r\nAuthorization: Bearer {bearer}\r\n"
                + $"Content-Type: {type}\r\n{length}\r\n\r\n"),
            stop);

        var end = body.Length - (each.IsComplete ? 0 : 1);
        var sent = 0;
        for (var atOnce = Math.Min(end, each.BytesAtOnce); sent < atOnce && !response.IsCompleted;)
            sent += await SendAsync(exchange, body.AsMemory(sent, Math.Min(Piece, atOnce - sent)), stop);

        var later = each.BytesPerSecond / Math.Max(1, each.Connections) / 2;
        while (!response.IsCompleted)
        {
            await Task.WhenAny(response, Task.Delay(Pause, stop));
            stop.ThrowIfCancellationRequested();
            if (later > 0 && sent < end && !response.IsCompleted)
                sent += await SendAsync(exchange, body.AsMemory(sent, Math.Min(later, end - sent)), stop);
        }
    }

    private async Task<int> SendAsync(Exchange exchange, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:X}\r\n");
        await exchange.SendAsync(
            each.IsChunked ? [.. Encoding.ASCII.GetBytes(size), .. bytes.Span, .. "\r\n"u8] : bytes.ToArray(), stop);
        return bytes.Length;
    }

    private byte[] Body(int number)
    {
        var image = images.Image(number);
        return each.IsRaw
            ? image
            :
            [
                .. "--b\r\nContent-Disposition: form-data; name=\"banner\"; filename=\"b.png\"\r\n\r\n"u8, .. image,
                .. "\r\n--b\r\nContent-Disposition: form-data; name=\"thumbnail\"; filename=\"t.png\"\r\n\r\n"u8, .. image,
                .. "\r\n--b--"u8,
            ];
    }
}
