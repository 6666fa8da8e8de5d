using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GameImages.Attacks.Uploading;
using GameImages.Testing.Servers;
using Microsoft.AspNetCore.Http;

namespace GameImages.Attacks;

/// <summary>Measures how long one member's images of 200 KiB take while another member has many slow uploads.</summary>
internal sealed class Starvation : IAttack
{
    private const int FirstMember = 1000;
    private const int FourMebibytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // Longer than an upload waits for memory, and than a connection may send nothing while others wait.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(12);
    private static readonly PngSeries Photograph = new(200 * 1024);

    private static readonly UploadCase[] Cases =
    [
        new("no attack", Duration),
        new("64 images, 95 KiB/s together", Duration, 64, IsRaw: true),
        new("64 forms, 95 KiB/s together", Duration, 64),
        new("256 images, 95 KiB/s together", Duration, 256, IsRaw: true),
        new("256 forms, 95 KiB/s together", Duration, 256),
        new("64 images but for the last byte", Duration, 64, IsRaw: true, BytesAtOnce: UploadCase.All),
        new("64 forms but for the last byte", Duration, 64, BytesAtOnce: UploadCase.All),
        new("256 forms but for the last byte", Duration, 256, BytesAtOnce: UploadCase.All),
        new("64 forms, 4 MiB and 70 KiB/s each", Duration, 64, BytesAtOnce: FourMebibytes, BytesPerSecond: 64 * 70 * 1024),
        new("64 forms of 8 users, no last byte", Duration, 64, Users: 8, BytesAtOnce: UploadCase.All, MaxMilliseconds: 10_000),
        new("64 complete images of 16 KiB", Duration, 64,
            IsRaw: true, BytesAtOnce: UploadCase.All, ImageBytes: 16 * 1024, IsComplete: true),
    ];

    private int lastImage;
    private int lastMember = FirstMember;

    public string Name => "starvation";

    public string Description => "One member's images of 200 KiB while another member has 64 or 256 uploads.";

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        var service = await target.StartServiceAsync(ct);
        var before = await target.StartBeforeAsync(ct);
        var passed = true;

        // The first uploads make the services load the code that uploads need.
        foreach (var address in before.Prepend(service))
            await MeasureAsync(new("first uploads", TimeSpan.FromSeconds(3)), address, address == service, target, ct);

        foreach (var each in Cases)
        {
            var meters = await MeasureAsync(each, service, isNew: true, target, ct);
            passed &= meters.TrueForAll(meter => meter.Count > 0
                && meter.Failures(StatusCodes.Status200OK, StatusCodes.Status201Created) == 0
                && meter.Percentile(1) < each.MaxMilliseconds);
            Print(each.Name, meters);

            foreach (var (number, address) in before.Index())
                Print($"  before, build {number + 1}", await MeasureAsync(each, address, isNew: false, target, ct));
        }

        return passed;
    }

    /// <param name="isNew">Whether the service is not an earlier build, which may have no uploads without a game.</param>
    private async Task<List<Meter>> MeasureAsync(UploadCase each, Uri service, bool isNew, Target target, CancellationToken ct)
    {
        // Each measurement has a member of its own, so that no limit for one member is reached.
        using var member = target.Client(service, ++lastMember, PublishedService.Guild);
        var attack = new SlowUploads(each, service, user => target.Token(user, PublishedService.Guild), await NewGameAsync(member, ct));
        var banner = $"/api/v1/games/{await NewGameAsync(member, ct)}/banner";
        var set = new Meter("set a banner");
        var create = new Meter("create a game");
        var upload = new Meter("upload");

        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(each.Duration);
        await Task.WhenAll(attack.RunAsync(end.Token), MeasureAsync());
        ct.ThrowIfCancellationRequested();
        if (each.Connections > 0)
            Console.WriteLine($"responses to the attack: {attack.Responses}");

        return isNew ? [set, create, upload] : [set, create];

        async Task MeasureAsync()
        {
            while (!end.IsCancellationRequested)
            {
                await set.SendAsync(member, () => new(HttpMethod.Put, banner) { Content = Image() }, ct);
                await Task.Delay(Pause, ct);
                await create.SendAsync(
                    member, () => new(HttpMethod.Post, "/api/v1/games") { Content = GameForm.Create(NextImage()) }, ct);
                await Task.Delay(Pause, ct);
                if (isNew)
                    await upload.SendAsync(member, () => new(HttpMethod.Post, "/api/v1/images") { Content = Image() }, ct);
                await Task.Delay(Pause, ct);
            }
        }
    }

    private byte[] NextImage() => Photograph.Image(++lastImage);

    private ByteArrayContent Image() => new(NextImage());

    private static async Task<Guid> NewGameAsync(HttpClient member, CancellationToken ct)
    {
        using var form = GameForm.Create();
        using var response = await member.PostAsync("/api/v1/games", form, ct);
        response.EnsureSuccessStatusCode();
        var game = await response.Content.ReadFromJsonAsync<JsonObject>(ct);
        return (Guid)game!["id"]!;
    }

    private static void Print(string name, List<Meter> meters)
    {
        foreach (var meter in meters)
        {
            var times = string.Create(
                CultureInfo.InvariantCulture, $"median {meter.Percentile(0.5),6:0} ms  worst {meter.Percentile(1),6:0} ms");
            Console.WriteLine($"{name,-34} {meter.Name,-14} {times}  {meter.Outcomes}");
        }
    }
}
