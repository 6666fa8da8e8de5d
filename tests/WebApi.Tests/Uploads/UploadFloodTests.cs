using System.Diagnostics;
using System.Globalization;
using System.Net;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>More uploads at once than there is memory for.</summary>
[Category("Process")]
public sealed class UploadFloodTests
{
    private const int Uploads = 200;
    private const int Users = 8;
    private const int Mebibyte = 1024 * 1024;

    // What is reserved, as much again that the garbage collector has not got round to, and what each connection reads ahead.
    private const double MaxMebibytes = 2 * 256 + Uploads * 0.25;

    [Test]
    public async Task Of_200_at_once_each_is_stored_or_sent_away_within_the_memory_that_is_documented()
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

        // Half of them with metadata, without which they are the others. Few, so that the database need not keep a gigabyte.
        var plain = Enumerable.Range(0, 3).Select(number => Pictures.Png(number, 5 * Mebibyte - 16 * 1024)).ToArray();
        var pictures = plain.Concat(plain.Select(Commented)).ToArray();

        // What the first upload needs besides memory for its bytes is loaded.
        await UploadAsync(member, others[0], pictures[^1]);
        var idle = PeakMebibytes(process);

        var answers = await Task.WhenAll(Enumerable.Range(0, Uploads)
            .Select(number => UploadAsync(member, others[number % Users], pictures[number % pictures.Length])));
        var peak = PeakMebibytes(process);
        var stored = answers
            .Select((id, number) => (id, Bytes: plain[number % plain.Length]))
            .Where(answer => answer.id is not null)
            .ToList();
        TestContext.Out.WriteLine($"{stored.Count} stored, {Uploads - stored.Count} sent away; {idle:0} MiB before, {peak:0} MiB at most");

        Assert.That(stored, Is.Not.Empty);
        Assert.That(peak - idle, Is.LessThan(MaxMebibytes));

        foreach (var (id, bytes) in stored.Distinct())
            Assert.That((await member.GetByteArrayAsync($"/api/v1/public/images/{id}")).AsSpan().SequenceEqual(bytes), Is.True);

        process.Kill();
        await process.WaitForExitAsync();
        await database.WaitUntilAloneAsync();
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    /// <returns>The id of the picture, or null when it was sent away for the moment.</returns>
    private static async Task<string?> UploadAsync(HttpClient client, string token, byte[] picture)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/games")
        {
            Content = ServiceTests.Form(banner: picture),
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
