namespace GameImages.Operations;

/// <summary>How bad a finding is: only a problem has to be mended.</summary>
public enum Health
{
    Ok,
    Warning,
    Problem,
}

/// <summary>What a check found.</summary>
/// <param name="ToDo">What to do about it, where there is something.</param>
public sealed record Finding(string Check, Health Health, string Found, string? ToDo = null);
