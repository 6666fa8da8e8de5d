using System.Net;
using GameImages.Testing;
using GameImages.WebApi.Uploads;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>One member has many uploads that never end, and another member uploads an image.</summary>
public sealed class StarvationTests : ServiceTests
{
    private const int Connections = 64;

    // The share of one user is 6 MiB. All uploads of the test together would need 32 MiB.
    private static readonly (string, string)[] Small = [("Images:MaxBytes", "261000"), ("Images:UploadMegabytes", "24")];
    private static readonly byte[] Large = Pictures.Png(1, 250_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Other_members_upload_while_uploads_of_one_member_stop_before_their_last_byte()
    {
        var banner = $"/api/v1/games/{Text(await CreateAsync(), "id")}/banner";
        var time = new HeldTime();
        await using var service = new Service(Database, time, Small);
        using var member = service.CreateClient(Guild);
        using var other = service.CreateClient();
        other.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token([Guild], token => token.Claims["sub"] = "8"));

        using var end = new CancellationTokenSource();
        var unfinished = Enumerable.Range(0, Connections)
            .Select(_ => member.PutAsync(banner, new UnfinishedImage(end.Token), end.Token))
            .ToArray();

        // One of them waits, so the member holds a full share. This clock never ends the wait.
        await time.NextAsync(UploadMemory.MaxWait);

        using var alone = await other.PostAsync("/api/v1/images", new ByteArrayContent(Large)).WaitAsync(Patience);
        using var inForm = await other.PostAsync("/api/v1/games", Form(banner: Large)).WaitAsync(Patience);
        Assert.Multiple(() =>
        {
            Assert.That(alone.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(inForm.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(unfinished, Has.None.Property(nameof(Task.IsCompleted)).True);
        });

        await end.CancelAsync();
        Assert.That(() => Task.WhenAll(unfinished), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class UnfinishedImage(CancellationToken end) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Large.AsMemory(0, Large.Length - 1), end);
            await stream.FlushAsync(end);
            await Task.Delay(Timeout.InfiniteTimeSpan, end);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Large.Length;
            return true;
        }
    }
}
