namespace GameImages.Migrator;

/// <summary>The exit codes of all commands.</summary>
internal static class ExitCode
{
    /// <summary>The command succeeded and found no problems.</summary>
    public const int Done = 0;

    public const int FoundProblems = 1;
    public const int WrongUsage = 2;

    /// <summary>The database, a file or a program cannot be reached, or denies access.</summary>
    public const int Unreachable = 3;

    /// <summary>Refused for safety: the command could lose data or give a wrong result.</summary>
    public const int Refused = 4;

    /// <summary>Ended by Ctrl-C. As in shells, it is 128 plus the number of SIGINT.</summary>
    public const int Interrupted = 130;
}

/// <summary>The command line or a setting is wrong. The message says what is expected.</summary>
internal sealed class UsageException(string message) : Exception(message);
