namespace GameImages.Domain.Games;

/// <summary>The status of a game, and the statuses that may follow it.</summary>
public sealed class GameStatus
{
    public static readonly GameStatus Completed = new("completed");
    public static readonly GameStatus Cancelled = new("cancelled");
    public static readonly GameStatus InProgress = new("in progress", Completed, Cancelled);
    public static readonly GameStatus Scheduled = new("scheduled", InProgress, Cancelled);

    public static readonly IReadOnlyList<GameStatus> All = [Scheduled, InProgress, Completed, Cancelled];

    private readonly GameStatus[] next;

    private GameStatus(string name, params GameStatus[] next)
    {
        Name = name;
        this.next = next;
    }

    /// <summary>The status in lower-case English words, as in "a game that is in progress".</summary>
    public string Name { get; }

    public bool CanBecome(GameStatus status) => next.Contains(status);

    public override string ToString() => Name;
}
