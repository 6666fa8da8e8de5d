using GameImages.Attacks.Uploading;
using GameImages.Testing.Servers;
using Microsoft.AspNetCore.Http;

namespace GameImages.Attacks;

/// <summary>Slow connections occupy the memory for uploads, while other members upload images of 1 KiB to 1 MiB.</summary>
internal sealed class Uploads(string name, string description, params UploadCase[] cases) : IAttack
{
    private const int Members = 12;
    private const int FirstMember = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly PngSeries[] Sizes =
        [.. new[] { 1, 4, 16, 64, 256, 1024 }.Select(kibibytes => new PngSeries(kibibytes * 1024))];

    private int lastImage;

    /// <summary>The known attack: the connections of one member announce 10 MiB and send little.</summary>
    public static Uploads OfOneMember { get; } = new("uploads", "One member's slow connections that announce long uploads.",
        new("no attack", TimeSpan.FromSeconds(20)),
        new("11 connections, 95 KiB/s together", TimeSpan.FromSeconds(40), Connections: 11),
        new("22 connections, 95 KiB/s together", TimeSpan.FromSeconds(40), Connections: 22),
        new("64 connections, 95 KiB/s together", TimeSpan.FromSeconds(40), Connections: 64));

    public static Uploads Variants { get; } = new("uploads-variants", "Slow uploads by many members, without a length, and that stop.",
        new("64 connections of 32 users", TimeSpan.FromSeconds(30), Connections: 64, Users: 32),
        new("64 connections, chunked", TimeSpan.FromSeconds(30), Connections: 64, IsChunked: true),
        new("64 connections that send 64 KiB and stop", TimeSpan.FromSeconds(30),
            Connections: 64, Users: 32, BytesAtOnce: 64 * 1024, BytesPerSecond: 0),

        // For this attack, 40 users have to send 160 MiB repeatedly.
        new("40 users that send 4 MiB and stop", TimeSpan.FromSeconds(40),
            Connections: 40, Users: 40, BytesAtOnce: 4 * 1024 * 1024, BytesPerSecond: 0, MaxMilliseconds: 10_000));

    public string Name => name;

    public string Description => description;

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        var service = await target.StartServiceAsync(ct);
        var members = Enumerable.Range(FirstMember, Members)
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
        var meter = new Meter(each.Name);
        var attack = new SlowUploads(each, service, user => target.Token(user, PublishedService.Guild), Guid.Empty);

        await Task.WhenAll(
            [attack.RunAsync(end.Token), .. members.Select(member => meter.RepeatAsync(member, NewImage, Pause, end.Token))]);
        ct.ThrowIfCancellationRequested();

        Console.WriteLine(meter);
        if (each.Connections > 0)
            Console.WriteLine($"  responses to the attack: {attack.Responses}");

        return meter;
    }

    private HttpRequestMessage NewImage()
    {
        var number = Interlocked.Increment(ref lastImage);
        return new(HttpMethod.Post, "/api/v1/games") { Content = GameForm.Create(Sizes[number % Sizes.Length].Image(number)) };
    }
}
