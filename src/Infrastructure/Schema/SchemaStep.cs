using System.Globalization;

namespace GameImages.Infrastructure.Schema;

/// <summary>A step between two neighbouring schema versions, and its effect on the data that the database has now.</summary>
/// <param name="Rows">The number of rows or images that it moves or drops.</param>
/// <param name="Bytes">The number of bytes of these images.</param>
/// <param name="LosesData">Whether the step deletes data that the opposite step does not restore.</param>
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
