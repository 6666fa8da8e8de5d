using FluentValidation;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Testing;

namespace GameImages.Application.Tests.Games;

public sealed class ListGamesTests : UseCaseTests
{
    [OneTimeSetUp]
    public Task Schedule_games() => Database.ExecuteAsync(
        """
        INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, status)
        SELECT 42, 5, 7, 'Game ' || n, '2026-02-07T19:30:00Z'::timestamptz + n / 3 * interval '1 hour',
            CASE n % 2 WHEN 0 THEN 'scheduled' ELSE 'cancelled' END
        FROM generate_series(1, 25) AS n
        """);

    [Test]
    public async Task Pages_hold_every_game_once_and_the_latest_start_first()
    {
        var listed = new List<GameResponse>();
        PageCursor? cursor = null;

        do
        {
            var page = await UseCases.SendAsync(new ListGames { Limit = 4, Cursor = cursor });
            Assert.That(page.Items, Has.Count.LessThanOrEqualTo(4));
            listed.AddRange(page.Items);

            // A client sends the cursor back as text.
            cursor = page.NextCursor is { } next ? PageCursor.Parse(next.ToString()) : null;
        }
        while (cursor is not null);

        Assert.Multiple(() =>
        {
            Assert.That(listed.Select(game => game.Title), Is.EquivalentTo(Enumerable.Range(1, 25).Select(n => $"Game {n}")));
            Assert.That(listed.Select(game => game.ScheduledAt), Is.Ordered.Descending);
        });
    }

    [Test]
    public async Task A_full_last_page_has_no_next_page() =>
        Assert.That((await UseCases.SendAsync(new ListGames { Limit = 25 })).NextCursor, Is.Null);

    [Test]
    public async Task Games_are_filtered_by_status()
    {
        var page = await UseCases.SendAsync(new ListGames { Status = GameStatus.Cancelled });
        Assert.That(page.Items, Has.Count.EqualTo(13).And.All.Property("Status").EqualTo(GameStatus.Cancelled));
    }

    [TestCase(0)]
    [TestCase(101)]
    public void A_limit_below_1_or_above_100_is_refused(int limit) => Assert.That(
        async () => await UseCases.SendAsync(new ListGames { Limit = limit }), Throws.TypeOf<ValidationException>());

    [TestCase(null)]
    [TestCase("")]
    [TestCase("?")]
    [TestCase("AAAA")]
    [TestCase("OTk5OTk5OTk5OTk5OTk5OTk5OV8wMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA")]
    [TestCase("OTIyMzM3MjAzNjg1NDc3NTgwN18wMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA")]
    [TestCase("MV8x")]
    [TestCase("MV8wMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMF8x")]
    public void A_text_that_no_list_returned_is_not_a_cursor(string? text)
    {
        Assert.That(PageCursor.TryParse(text, null, out _), Is.False);
        Assert.That(() => PageCursor.Parse(text!), Throws.TypeOf<FormatException>());
    }
}
