using System.Diagnostics;
using System.Globalization;
using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>Sends more concurrent uploads than fit into the memory.</summary>
[Category("Process")]
public sealed class UploadFloodTests
{
    private const int Uploads = 200;
    private const int Users = 8;
    private const int Mebibyte = 1024 * 1024;

    // The reserved memory, the same amount of garbage that is not collected yet, and the read-ahead buffer of each connection.
    private const double MaxMebibytes = 2 * 256 + Uploads * 0.25;

    [Test]
    public async Task Two_hundred_concurrent_uploads_stay_within_the_documented_memory()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var process = Service.StartProcess(
            database,
            ("PublicImages:RateLimits:0:Permits", "1000"),
            ("PublicImages:RateLimits:1:Permits", "1000"));
        using var member = await Service.CreateClientAsync(process, ServiceTests.Guild);

        // The shares of these users together exceed the memory.
        var others = Enumerable.Range(1, Users)
            .Select(user => Service.Token([ServiceTests.Guild], token => token.Claims["sub"] = $"{user}"))
            .ToArray();

        // Half of the images are the other half with metadata. There are only a few, so that the database does not store a gigabyte.
        var plain = Enumerable.Range(0, 3).Select(number => Pictures.Png(number, 5 * Mebibyte - 16 * 1024)).ToArray();
        var images = plain.Concat(plain.Select(Commented)).ToArray();

        // The first upload loads code and opens connections, so it does not count.
        await UploadAsync(member, others[0], images[^1]);
        var idle = PeakMebibytes(process);

        var answers = await Task.WhenAll(Enumerable.Range(0, Uploads)
            .Select(number => UploadAsync(member, others[number % Users], images[number % images.Length])));
        var peak = PeakMebibytes(process);
        var stored = answers
            .Select((id, number) => (id, Bytes: plain[number % plain.Length]))
            .Where(answer => answer.id is not null)
            .ToList();
        TestContext.Out.WriteLine($"{stored.Count} stored, {Uploads - stored.Count} rejected; {idle:0} MiB before, {peak:0} MiB at most");

        Assert.That(stored, Is.Not.Empty);
        Assert.That(peak - idle, Is.LessThan(MaxMebibytes));

        foreach (var (id, bytes) in stored.Distinct())
            Assert.That((await member.GetByteArrayAsync($"/api/v1/public/images/{id}")).AsSpan().SequenceEqual(bytes), Is.True);

        process.Kill();
        await process.WaitForExitAsync();
        await database.WaitUntilAloneAsync();
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    /// <returns>The id of the image; null if the service had no memory for it.</returns>
    private static async Task<string?> UploadAsync(HttpClient client, string token, byte[] image)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/games")
        {
            Content = ServiceTests.Form(banner: image),
            Headers = { Authorization = new("Bearer", token) },
        };
        using var response = await client.SendAsync(request);

        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
        {
            Assert.That(response.Headers.RetryAfter, Is.Not.Null);
            return null;
        }

        return ServiceTests.Text(await ServiceTests.JsonAsync(response, HttpStatusCode.Created), "banner_image_id");
    }

    private static byte[] Commented(byte[] png)
    {
        const int header = 33;
        return [.. png[..header], .. Pictures.Chunk("tEXt"u8, [.. "Comment\0"u8, .. "x"u8]), .. png[header..]];
    }

    private static double PeakMebibytes(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        return double.Parse(line.AsSpan()["VmHWM:".Length..^" kB".Length], CultureInfo.InvariantCulture) / 1024;
    }
}
