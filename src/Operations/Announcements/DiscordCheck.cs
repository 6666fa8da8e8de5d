using GameImages.Application;
using GameImages.Application.Announcements;

namespace GameImages.Operations.Announcements;

/// <summary>Says why Discord shows a game without its pictures, or not at all. It changes nothing.</summary>
/// <param name="publicBaseUrl">Where Discord reaches the service, as the bot has it.</param>
/// <param name="patience">How long an answer may take to its end.</param>
public sealed class DiscordCheck(OperatorDatabase database, Uri publicBaseUrl, TimeSpan patience, TimeProvider time)
{
    /// <param name="limits">Of the public route.</param>
    /// <param name="burst">How many announcements at once are to fit into them.</param>
    /// <exception cref="NotFoundException">There is no such game.</exception>
    /// <exception cref="RefusedException">Row security would hide some games.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(Guid gameId, IReadOnlyList<RequestLimit> limits, int burst, CancellationToken ct)
    {
        var game = await new AnnouncementReader(database).GetAsync(gameId, ct);
        var (findings, seen) = (new List<Finding>(), new List<int>());

        if (game.Pictures.Count > 0)
            findings.AddRange(await PublicHostCheck.CheckAsync(publicBaseUrl, patience, time, ct));
        else
            findings.Add(new("pictures", Health.Ok, "the game has none"));

        var urls = new PublicImageUrls(publicBaseUrl);
        using var fetch = new ImageFetch(patience, time);
        foreach (var picture in game.Pictures)
        {
            if (picture.QuarantinedAt is { } since)
            {
                findings.Add(
                    new(
                        picture.Place,
                        Health.Problem,
                        $"{picture.Id} is in quarantine since {since:u}, and so left out",
                        $"Upload the picture again, or gameimages purge {picture.Id}"));
                continue;
            }

            var url = urls.Of(picture.Id, picture.Format);
            var check = new ImageCheck(picture, url);
            try
            {
                var answer = await fetch.GetAsync(url, ct);
                findings.AddRange(check.Judge(answer));
                if (answer.Limit is { } limit)
                    seen.Add(limit);
            }
            catch (Exception failure) when (failure is HttpRequestException or HttpIOException or TimeoutException)
            {
                findings.AddRange(check.Judge(failure));
            }
        }

        return [.. findings, .. AnnouncementCheck.Judge(game), .. BurstCheck.Judge(limits, burst, seen)];
    }
}
