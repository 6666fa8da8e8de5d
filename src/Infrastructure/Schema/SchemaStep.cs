using System.Globalization;

namespace GameImages.Infrastructure.Schema;

/// <summary>What a step between two neighbouring versions would do to what is in the database now.</summary>
/// <param name="Rows">How many rows or pictures it moves or drops.</param>
/// <param name="Bytes">The bytes of the pictures in them.</param>
/// <param name="LosesData">Something would be gone that the step back does not bring back.</param>
public sealed record SchemaStep(int From, int To, string Description, long Rows, long Bytes, bool LosesData)
{
    internal static SchemaStep Of(int from, int to, StepEffect effect) =>
        new(from, to, effect.Description, effect.Rows, effect.Bytes, effect.LosesData);
}

/// <inheritdoc cref="SchemaStep"/>
internal sealed record StepEffect(string Description, long Rows = 0, long Bytes = 0, bool LosesData = false)
{
    /// <returns>For example "1 game" and "20,000 games".</returns>
    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? $"{one}s")}");
}
