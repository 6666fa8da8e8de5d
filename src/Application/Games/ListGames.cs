using FluentValidation;
using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>Lists the caller's games in pages, the latest start first.</summary>
public sealed record ListGames : IRequest<GamePage>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
    public const int TextMaxLength = 100;

    /// <summary>A search examines at most this many games across all guilds of the caller (decision 15).</summary>
    public const int MaxSearched = 5000;

    /// <summary>The database cancels a list that takes longer.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    public Snowflake? GuildId { get; init; }
    public GameStatus? Status { get; init; }

    /// <summary>
    /// A part of the title. Spellings that look the same match each other, and so do upper and lower case (decision 19).
    /// </summary>
    public string? Text { get; init; }

    public int? Limit { get; init; }
    public PageCursor? Cursor { get; init; }
}

/// <summary>A page of the caller's games, in order.</summary>
/// <param name="NextCursor">The cursor of the next page; null after the last page.</param>
/// <param name="Refine">The search stopped after <see cref="ListGames.MaxSearched"/> games, before the page was full.</param>
public sealed record GamePage(IReadOnlyList<GameResponse> Items, PageCursor? NextCursor, bool Refine = false);

internal sealed class ListGamesValidator : AbstractValidator<ListGames>
{
    public ListGamesValidator()
    {
        RuleFor(list => list.Text)
            .Must(text => text is null || GameText.IsVisible(text)).WithMessage("At least 1 visible character.")
            .Text(ListGames.TextMaxLength);
        RuleFor(list => list.Limit).InclusiveBetween(1, ListGames.MaxLimit).WithMessage($"1 to {ListGames.MaxLimit}.");
    }
}

internal sealed class ListGamesHandler(IGameReader reader) : IRequestHandler<ListGames, GamePage>
{
    public async Task<GamePage> Handle(ListGames request, CancellationToken cancellationToken)
    {
        // One game more than the limit shows whether there is a next page.
        var limit = request.Limit ?? ListGames.DefaultLimit;
        var (games, stoppedAt) = await reader.ListAsync(request, limit + 1, cancellationToken);

        if (games.Count <= limit)
            return new(games, stoppedAt, Refine: stoppedAt is not null && games.Count < limit);

        var last = games[limit - 1];
        return new([.. games.Take(limit)], new(last.ScheduledAt, last.Id));
    }
}
