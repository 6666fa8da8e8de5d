namespace GameImages.Migrator;

/// <summary>What the exit codes tell a script.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int FoundProblems = 1;
    public const int WrongUsage = 2;

    /// <summary>The database cannot be reached, or does not let us.</summary>
    public const int Unreachable = 3;

    /// <summary>Going on could lose data.</summary>
    public const int Refused = 4;
}

/// <summary>The command cannot be carried out as it was given; the message says what it takes.</summary>
internal sealed class UsageException(string message) : Exception(message);
