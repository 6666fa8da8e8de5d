namespace GameImages.Operations.Announcements;

/// <summary>
/// Checks how many announcements fit into the limits of the public route. Discord fetches the images of all of them at once, from one
/// address.
/// </summary>
internal static class BurstCheck
{
    private const string Name = "burst";
    private const int ImagesOfGame = 2;
    private const int FetchesOfImage = 5;
    private const int FetchesOfGame = ImagesOfGame * FetchesOfImage;

    /// <param name="announcements">The number of announcements that have to fit.</param>
    /// <param name="reported">The limits that the responses of the service named.</param>
    public static IEnumerable<Finding> Check(IReadOnlyList<RequestLimit> limits, int announcements, IEnumerable<int> reported)
    {
        var needed = (long)announcements * FetchesOfGame;
        yield return new(
            Name,
            Health.Ok,
            $"{announcements} announcements x {ImagesOfGame} images x {FetchesOfImage} fetches by Discord = {needed} requests at once");

        foreach (var limit in limits)
        {
            var found = $"{limit.Permits} requests in {limit.Window:c} are enough for {limit.Permits / FetchesOfGame} announcements";
            yield return limit.Permits >= needed
                ? new(Name, Health.Ok, found)
                : new(
                    Name,
                    Health.Warning,
                    found,
                    $"For {announcements} announcements, set PublicImages__RateLimits__{limit.Name}__Permits={needed} for the service.");
        }

        foreach (var permits in reported.Distinct().Where(permits => limits.All(limit => limit.Permits != permits)))
        {
            yield return new(
                Name,
                Health.Warning,
                $"the service reports a limit of {permits} requests, which this command does not know; "
                + $"they are enough for {permits / FetchesOfGame} announcements",
                "Run this command with the PublicImages__RateLimits settings of the service.");
        }
    }
}
