using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord.Faults;

/// <summary>What goes wrong with one request.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The connection is cut, and nothing has happened.</summary>
    public static readonly Fault CutBefore = new CutBeforeFault();

    /// <summary>The connection is cut when all has happened: a message exists, and its answer is lost.</summary>
    public static readonly Fault CutAfter = new CutAfterFault();

    /// <summary>Nothing happens until the client gives up.</summary>
    public static readonly Fault NeverAnswer = new NeverAnswerFault();

    /// <param name="Code">500, 502, 503 and the like; nothing has happened.</param>
    public sealed record Status(int Code) : Fault;

    /// <summary>429 now, and for the bucket (or for the whole token) until the time is over.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter, RateLimitScope Scope = RateLimitScope.User) : Fault;

    /// <summary>It is on its way for as long as the task runs, and happens then.</summary>
    public sealed record Late(Task Until) : Fault;

    /// <summary>All happens, but the answer comes later.</summary>
    public sealed record Slow(TimeSpan Delay) : Fault;

    internal sealed record CutBeforeFault : Fault;

    internal sealed record CutAfterFault : Fault;

    internal sealed record NeverAnswerFault : Fault;
}
