using GameImages.Application;
using GameImages.Hosting;

namespace GameImages.Operations.Announcements;

/// <summary>Finds out why Discord shows a game without its images, or not at all. It changes nothing.</summary>
/// <param name="publicBaseUrl">The address at which Discord reaches the service, as the bot has it.</param>
/// <param name="timeout">The time in which a response has to be complete.</param>
public sealed class DiscordCheck(OperatorDatabase database, Uri publicBaseUrl, TimeSpan timeout, TimeProvider time)
{
    private readonly PublicImageUrls urls = new(publicBaseUrl);

    /// <param name="limits">The limits of the public route.</param>
    /// <param name="burst">The number of simultaneous announcements that have to fit into the limits.</param>
    /// <exception cref="NotFoundException">There is no such game.</exception>
    /// <exception cref="RefusedException">Row-level security hides games from the role.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        Guid gameId, IReadOnlyList<RequestLimit> limits, int burst, CancellationToken ct)
    {
        var game = await new AnnouncementReader(database).GetAsync(gameId, ct);
        var findings = new List<Finding>();
        var reportedLimits = new List<int>();

        if (game.Images.Count > 0)
            findings.AddRange(await PublicHostCheck.RunAsync(publicBaseUrl, timeout, time, ct));
        else
            findings.Add(new("images", Health.Ok, "the game has none"));

        using var fetch = new ImageFetch(timeout, time);
        foreach (var image in game.Images)
            findings.AddRange(await CheckAsync(image, fetch, reportedLimits, ct));

        return [.. findings, .. AnnouncementCheck.Check(game), .. BurstCheck.Check(limits, burst, reportedLimits)];
    }

    private async Task<IEnumerable<Finding>> CheckAsync(
        AnnouncedImage image, ImageFetch fetch, List<int> reportedLimits, CancellationToken ct)
    {
        if (image.QuarantinedAt is { } since)
        {
            return
            [
                new(
                    image.Place,
                    Health.Problem,
                    $"{image.Id} is in quarantine since {since:u}, so announcements leave it out",
                    $"Upload the image again, or run gameimages purge {image.Id}"),
            ];
        }

        var url = urls.Of(image.Id, image.Format);
        var check = new ImageCheck(image, url);
        try
        {
            var response = await fetch.GetAsync(url, ct);
            if (response.Limit is { } limit)
                reportedLimits.Add(limit);

            return check.Check(response);
        }
        catch (Exception failure) when (failure is HttpRequestException or HttpIOException or TimeoutException)
        {
            return check.Check(failure);
        }
    }
}
