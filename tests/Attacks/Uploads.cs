using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using GameImages.Attacks.Uploading;
using GameImages.Testing.Servers;
using Microsoft.AspNetCore.Http;

namespace GameImages.Attacks;

/// <summary>Slow connections occupy the memory for uploads, while other members upload images.</summary>
/// <param name="memberCount">The number of other members.</param>
/// <param name="upload">Creates the request of a member from a number that no other request has.</param>
internal sealed class Uploads(
    string name, string description, int memberCount, Func<int, HttpRequestMessage> upload, params UploadCase[] cases) : IAttack
{
    private const int FirstMember = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly PngSeries[] Sizes =
        [.. new[] { 1, 4, 16, 64, 256, 1024 }.Select(kibibytes => new PngSeries(kibibytes * 1024))];

    private static readonly PngSeries Photograph = new(200 * 1024);

    private int lastImage;

    /// <summary>The known attack: the connections of one member announce 12 MiB and send little.</summary>
    public static Uploads OfOneMember { get; } = new("uploads", "One member's slow connections that announce long uploads.",
        memberCount: 12, NewGame,
        new("no attack", TimeSpan.FromSeconds(20)),
        new("11 connections, 95 KiB/s together", TimeSpan.FromSeconds(40), Connections: 11),
        new("22 connections, 95 KiB/s together", TimeSpan.FromSeconds(40), Connections: 22),
        new("64 connections, 95 KiB/s together", TimeSpan.FromSeconds(40), Connections: 64));

    public static Uploads Variants { get; } = new("uploads-variants", "Slow uploads by many members, without a length, and that stop.",
        memberCount: 12, NewGame,
        new("64 connections of 32 users", TimeSpan.FromSeconds(30), Connections: 64, Users: 32),
        new("64 connections, chunked", TimeSpan.FromSeconds(30), Connections: 64, IsChunked: true),
        new("64 connections that send 64 KiB and stop", TimeSpan.FromSeconds(30),
            Connections: 64, Users: 32, BytesAtOnce: 64 * 1024, BytesPerSecond: 0),

        // For this attack, 40 users have to send 160 MiB repeatedly.
        new("40 users that send 4 MiB and stop", TimeSpan.FromSeconds(40),
            Connections: 40, Users: 40, BytesAtOnce: 4 * 1024 * 1024, BytesPerSecond: 0, MaxMilliseconds: 10_000));

    /// <summary>One member uploads 200 KiB while another member holds as much as the service allows.</summary>
    public static Uploads Starvation { get; } = new("starvation", "One member's 200 KiB while another member has 64 uploads.",
        memberCount: 1, NewUpload,
        new("no attack", TimeSpan.FromSeconds(8)),
        new("64 connections, 95 KiB/s together", TimeSpan.FromSeconds(14), Connections: 64),
        new("64 connections, 1 MiB at once", TimeSpan.FromSeconds(14), Connections: 64, BytesAtOnce: 1024 * 1024),
        new("64 connections, 4 MiB, then 70 KiB/s each", TimeSpan.FromSeconds(14),
            Connections: 64, BytesAtOnce: 4 * 1024 * 1024, BytesPerSecond: 64 * 70 * 1024));

    public string Name => name;

    public string Description => description;

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        var service = await target.StartServiceAsync(
            ct, ("Users:UploadRateLimits:0:Permits", "1000000"), ("Quotas:UnusedUploads", "1000000"));
        var members = Enumerable.Range(FirstMember, memberCount)
            .Select(user => target.Client(service, user, PublishedService.Guild))
            .ToArray();

        // The first uploads make the service load the code that uploads need.
        await MeasureAsync(new("before", TimeSpan.FromSeconds(3)), service, target, members, ct);

        var passed = true;
        foreach (var each in cases)
        {
            var meter = await MeasureAsync(each, service, target, members, ct);
            passed &= meter.Count > 0
                && meter.Failures(StatusCodes.Status201Created) == 0
                && meter.Percentile(0.99) < each.MaxMilliseconds;
        }

        Array.ForEach(members, member => member.Dispose());
        return passed;
    }

    private async Task<Meter> MeasureAsync(UploadCase each, Uri service, Target target, HttpClient[] members, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(each.Duration);
        var statuses = new ConcurrentDictionary<int, int>();
        var meter = new Meter(each.Name);
        var attackers = Enumerable.Range(0, each.Connections).Select(number => AttackAsync(
            each, number, service, target.Token(1 + number % each.Users, PublishedService.Guild), statuses, end.Token));

        await Task.WhenAll([.. attackers, .. members.Select(member => meter.RepeatAsync(member, Next, Pause, end.Token))]);
        ct.ThrowIfCancellationRequested();

        Console.WriteLine(meter);
        if (!statuses.IsEmpty)
        {
            var counts = statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}");
            Console.WriteLine($"  responses to the attack: {string.Join(", ", counts)}");
        }

        return meter;
    }

    private HttpRequestMessage Next() => upload(Interlocked.Increment(ref lastImage));

    private static HttpRequestMessage NewGame(int number) =>
        new(HttpMethod.Post, "/api/v1/games") { Content = GameForm.Create(Sizes[number % Sizes.Length].Image(number)) };

    private static HttpRequestMessage NewUpload(int number) =>
        new(HttpMethod.Post, "/api/v1/images") { Content = new ByteArrayContent(Photograph.Image(number)) };

    // Opens a new connection each time the service ends one.
    private static async Task AttackAsync(
        UploadCase each, int number, Uri service, string token, ConcurrentDictionary<int, int> statuses, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var exchange = await Exchange.OpenAsync(service, stop);
                var response = exchange.ReceiveHeadAsync(stop);
                await SendAsync(exchange, each, number, service, token, response, stop);
                statuses.AddOrUpdate(await response, 1, (_, count) => count + 1);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or BrokenRunException)
            {
                // The service ended the connection, or the measurement is over.
            }
        }
    }

    private static async Task SendAsync(
        Exchange exchange, UploadCase each, int number, Uri service, string token, Task response, CancellationToken stop)
    {
        var length = each.IsChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {(number == 0 ? 8 : 12) * 1024 * 1024}";
        await exchange.SendAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/games HTTP/1.1\r\nHost: {service.Authority}\r\nAuthorization: Bearer {token}\r\n"
                + $"Content-Type: multipart/form-data; boundary=b\r\n{length}\r\n\r\n"),
            stop);
        await SendAsync(
            exchange, each, "--b\r\nContent-Disposition: form-data; name=\"banner\"; filename=\"b.png\"\r\n\r\n"u8.ToArray(), stop);

        for (var sent = 0; sent < each.BytesAtOnce && !response.IsCompleted; sent += UploadCase.Piece)
            await SendAsync(exchange, each, new byte[UploadCase.Piece], stop);

        while (!response.IsCompleted)
        {
            await Task.WhenAny(response, Task.Delay(TimeSpan.FromMilliseconds(500), stop));
            stop.ThrowIfCancellationRequested();
            if (each.BytesPerSecond > 0 && !response.IsCompleted)
                await SendAsync(exchange, each, new byte[each.BytesPerSecond / each.Connections / 2], stop);
        }
    }

    private static Task SendAsync(Exchange exchange, UploadCase each, byte[] bytes, CancellationToken stop)
    {
        if (!each.IsChunked)
            return exchange.SendAsync(bytes, stop);

        var size = string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:X}\r\n");
        return exchange.SendAsync([.. Encoding.ASCII.GetBytes(size), .. bytes, .. "\r\n"u8], stop);
    }
}
