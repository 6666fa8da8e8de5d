using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord.Faults;

/// <summary>A failure of one request.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The connection is closed before the request is carried out.</summary>
    public static readonly Fault CutBefore = new CutBeforeFault();

    /// <summary>The connection is closed after the request is carried out. A message exists, but the response is lost.</summary>
    public static readonly Fault CutAfter = new CutAfterFault();

    /// <summary>The request is not carried out, and the client waits until it gives up.</summary>
    public static readonly Fault NoResponse = new NoResponseFault();

    /// <summary>The request is not carried out, and the response has an error status.</summary>
    /// <param name="Code">A status such as 500, 502 or 503.</param>
    public sealed record Status(int Code) : Fault;

    /// <summary>The response has status 429. The bucket, or the whole token, stays blocked until the time has passed.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter, RateLimitScope Scope = RateLimitScope.User) : Fault;

    /// <summary>The request is carried out only after the task has completed.</summary>
    public sealed record Late(Task Until) : Fault;

    /// <summary>The request is carried out at once, but the response is delayed.</summary>
    public sealed record Slow(TimeSpan Delay) : Fault;

    internal sealed record CutBeforeFault : Fault;

    internal sealed record CutAfterFault : Fault;

    internal sealed record NoResponseFault : Fault;
}
