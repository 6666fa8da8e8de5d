namespace GameImages.Infrastructure.Schema;

/// <summary>Another program has moved the schema since the move was planned, to a version that the plan does not contain.</summary>
public sealed class StalePlanException(int planned, int found, int to) : Exception(
    $"The schema has version {found} by now, but the move to version {to} was planned from version {planned}. Nothing was changed.");
