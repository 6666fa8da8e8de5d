namespace GameImages.Operations;

/// <summary>How serious a finding is. Only a problem has to be repaired.</summary>
public enum Health
{
    Ok,
    Warning,
    Problem,
}

/// <summary>The result of a check.</summary>
/// <param name="ToDo">What to do about it; null if there is nothing to do.</param>
public sealed record Finding(string Check, Health Health, string Found, string? ToDo = null);
