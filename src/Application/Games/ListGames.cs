using FluentValidation;
using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>The caller's games, page by page, the latest start first.</summary>
public sealed record ListGames : IRequest<GamePage>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
    public const int TextMaxLength = 100;

    public Snowflake? GuildId { get; init; }
    public GameStatus? Status { get; init; }

    /// <summary>A part of the title, in either case.</summary>
    public string? Text { get; init; }

    public int? Limit { get; init; }
    public GameCursor? Cursor { get; init; }
}

/// <summary>Some of the caller's games, in order.</summary>
/// <param name="NextCursor">Where the next page begins, or null after the last.</param>
public sealed record GamePage(IReadOnlyList<GameResponse> Items, GameCursor? NextCursor);

internal sealed class ListGamesValidator : AbstractValidator<ListGames>
{
    public ListGamesValidator()
    {
        RuleFor(list => list.Text).MinimumLength(1).WithMessage("At least 1 character.").Text(ListGames.TextMaxLength);
        RuleFor(list => list.Limit).InclusiveBetween(1, ListGames.MaxLimit).WithMessage($"1 to {ListGames.MaxLimit}.");
    }
}

internal sealed class ListGamesHandler(IGameReader games) : IRequestHandler<ListGames, GamePage>
{
    public async Task<GamePage> Handle(ListGames request, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page.
        var limit = request.Limit ?? ListGames.DefaultLimit;
        var found = await games.ListAsync(request, limit + 1, cancellationToken);

        if (found.Count <= limit)
            return new(found, null);

        var last = found[limit - 1];
        return new([.. found.Take(limit)], new(last.ScheduledAt, last.Id));
    }
}
