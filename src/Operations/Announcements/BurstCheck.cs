
namespace GameImages.Operations.Announcements;

/// <summary>At most so many requests of one address for public pictures in such a time.</summary>
/// <param name="Name">What the setting is called below PublicImages:RateLimits.</param>
public sealed record RequestLimit(string Name, int Permits, TimeSpan Window);

/// <summary>How many announcements fit into the limits of the public route when Discord fetches their pictures, all at once and from one address.</summary>
internal static class BurstCheck
{
    private const string Name = "burst";
    private const int PicturesOfGame = 2;
    private const int FetchesOfPicture = 5;
    private const int FetchesOfGame = PicturesOfGame * FetchesOfPicture;

    /// <param name="announcements">How many are to fit.</param>
    /// <param name="seen">The limits that the service told of.</param>
    public static IEnumerable<Finding> Judge(IReadOnlyList<RequestLimit> limits, int announcements, IEnumerable<int> seen)
    {
        var needed = (long)announcements * FetchesOfGame;
        yield return new(Name, Health.Ok, $"{announcements} announcements x {PicturesOfGame} pictures x {FetchesOfPicture} fetches by Discord = {needed} requests at once");

        foreach (var limit in limits)
        {
            var found = $"{limit.Permits} requests in {limit.Window:c} are {limit.Permits / FetchesOfGame} announcements";
            yield return limit.Permits >= needed
                ? new(Name, Health.Ok, found)
                : new(
                    Name,
                    Health.Warning,
                    found,
                    $"For {announcements}, give the service PublicImages__RateLimits__{limit.Name}__Permits={needed}");
        }

        foreach (var permits in seen.Distinct().Where(permits => limits.All(limit => limit.Permits != permits)))
        {
            yield return new(
                Name, Health.Warning, $"the service tells of a limit of {permits} requests, which are {permits / FetchesOfGame} announcements, and which the settings here lack",
                "Give this command the PublicImages__RateLimits settings of the service.");
        }
    }
}
