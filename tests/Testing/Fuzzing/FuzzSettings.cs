using System.Globalization;

namespace GameImages.Testing.Fuzzing;

/// <summary>The settings of a fuzz run, which come from environment variables.</summary>
internal static class FuzzSettings
{
    /// <summary>The number that decides all requests.</summary>
    public static int Seed(int otherwise) => Read("GAMEIMAGES_FUZZ_SEED") ?? otherwise;

    /// <summary>The number of requests.</summary>
    public static int Requests(int otherwise) => Read("GAMEIMAGES_FUZZ_REQUESTS") ?? otherwise;

    /// <summary>The number of the only request that is sent; null for all.</summary>
    public static int? Only => Read("GAMEIMAGES_FUZZ_ONLY");

    private static int? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
