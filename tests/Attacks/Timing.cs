using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using GameImages.Testing;

namespace GameImages.Attacks;

/// <summary>
/// A member of one guild tries to find out whether another guild has stored the same image. The member uploads it and measures how long
/// that takes, or deletes the game and checks whether the image is still served (docs/decisions/0007-guilds-share-pictures.md).
/// </summary>
internal sealed class Timing : IAttack
{
    private const int Images = 500;
    private const int Bytes = 120_000;
    private const long Ours = 42;
    private const long Theirs = 43;

    // One attacker alone would reach the rate limit of one user.
    private const int Members = 50;

    public string Name => "timing";

    public string Description =>
        "Tries to recognise images of another guild by the time of an upload, and by whether they are still served after a deletion.";

    public async Task<bool> RunAsync(Target target, CancellationToken ct)
    {
        var service = await target.StartServiceAsync(
            ct,
            ("PublicImages:RateLimits:0:Permits", "100000"),
            ("PublicImages:RateLimits:1:Permits", "100000"));
        using var anonymous = target.Client(service);
        var theirs = Clients(Theirs);
        var ours = Clients(Ours);

        // The other guild stores its images first. Then our guild uploads known and new images in a random order.
        foreach (var number in Enumerable.Range(0, Images))
            await UploadAsync(theirs[number % Members], Theirs, number, ct);

        var uploads = Enumerable.Range(0, 2 * Images).ToArray();
        new Random(1).Shuffle(uploads);
        var milliseconds = new double[2 * Images];
        var games = new (string Game, string Image)[2 * Images];
        foreach (var number in uploads)
            (milliseconds[number], games[number]) = await UploadAsync(ours[number % Members], Ours, number, ct);

        var served = new int[2];
        foreach (var number in uploads)
        {
            using var deleted = await ours[number % Members].DeleteAsync($"/api/v1/games/{games[number].Game}", ct);
            using var image = await anonymous.GetAsync($"/api/v1/public/images/{games[number].Image}", ct);
            served[number / Images] += image.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        Report("time of an upload", Separation(milliseconds[..Images], milliseconds[Images..]),
            $"median {Median(milliseconds[..Images]):0.0} ms known, {Median(milliseconds[Images..]):0.0} ms new");
        Report("served after deletion", Separation([.. Marks(served[1])], [.. Marks(served[0])]),
            $"{served[0]} of {Images} known, {served[1]} of {Images} new");

        foreach (var client in theirs.Concat(ours))
            client.Dispose();

        // The second way is always right, because guilds share images. Hiding the upload time would therefore gain nothing.
        return served is [Images, 0];

        HttpClient[] Clients(long guild) =>
            [.. Enumerable.Range(1, Members).Select(user => target.Client(service, 100 * guild + user, guild))];
    }

    private static async Task<(double Milliseconds, (string Game, string Image) Ids)> UploadAsync(
        HttpClient member, long guild, int number, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"{guild}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Dune: Imperium"), "title" },
            { new StringContent("2099-02-07T19:30:00Z"), "scheduled_at" },
            { new ByteArrayContent(Pictures.Png(number, Bytes)), "thumbnail", "thumbnail.png" },
        };
        var clock = Stopwatch.StartNew();
        using var response = await member.PostAsync("/api/v1/games", form, ct);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        using var game = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct));
        return (elapsed, (game.RootElement.GetProperty("id").GetString()!, game.RootElement.GetProperty("thumbnail_id").GetString()!));
    }

    /// <returns>
    /// The probability that one of the first is smaller than one of the others (the area under the ROC curve): 0.5 for a guess, 1 for
    /// certainty.
    /// </returns>
    private static double Separation(double[] first, double[] others) =>
        first.Average(one => others.Average(other => Score(one, other)));

    // A tie counts as one half.
    private static double Score(double one, double other)
    {
        if (one == other)
            return 0.5;

        return one < other ? 1.0 : 0.0;
    }

    private static IEnumerable<double> Marks(int count) => Enumerable.Range(0, Images).Select(number => number < count ? 1.0 : 0.0);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Report(string method, double separation, FormattableString detail) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{method,-22} AUC {separation:0.00}  {detail.ToString(CultureInfo.InvariantCulture)}"));
}
