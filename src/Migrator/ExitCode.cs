namespace GameImages.Migrator;

/// <summary>What the exit codes tell a script.</summary>
internal static class ExitCode
{
    /// <summary>Done, or clean.</summary>
    public const int Done = 0;

    public const int FoundProblems = 1;
    public const int WrongUsage = 2;

    /// <summary>The database, a file or a program cannot be reached, or does not let us.</summary>
    public const int Unreachable = 3;

    /// <summary>Refused for safety: going on could lose data or give a wrong answer.</summary>
    public const int Refused = 4;

    /// <summary>Ended by Ctrl-C, as shells tell it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}

/// <summary>The command cannot be carried out as it was given; the message says what it takes.</summary>
internal sealed class UsageException(string message) : Exception(message);
