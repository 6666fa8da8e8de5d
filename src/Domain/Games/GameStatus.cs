using System.Diagnostics.CodeAnalysis;

namespace GameImages.Domain.Games;

/// <summary>Where a game stands: scheduled, in_progress, completed or cancelled.</summary>
public sealed class GameStatus : IParsable<GameStatus>
{
    public static readonly GameStatus Completed = new("completed");
    public static readonly GameStatus Cancelled = new("cancelled");
    public static readonly GameStatus InProgress = new("in_progress", Completed, Cancelled);
    public static readonly GameStatus Scheduled = new("scheduled", InProgress, Cancelled);

    public static readonly IReadOnlyList<GameStatus> All = [Scheduled, InProgress, Completed, Cancelled];

    private readonly string name;
    private readonly GameStatus[] next;

    private GameStatus(string name, params GameStatus[] next) => (this.name, this.next) = (name, next);

    public bool CanBecome(GameStatus status) => next.Contains(status);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out GameStatus result)
    {
        result = All.FirstOrDefault(status => status.name == s);
        return result is not null;
    }

    public static GameStatus Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var status) ? status : throw new FormatException($"A status is one of {string.Join(", ", All)}.");

    public override string ToString() => name;
}
