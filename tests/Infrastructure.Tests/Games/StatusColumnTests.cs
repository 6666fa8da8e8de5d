using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Games;

public sealed class StatusColumnTests : DatabaseTests
{
    [TestCase("scheduled")]
    [TestCase("in_progress")]
    [TestCase("completed")]
    [TestCase("cancelled")]
    public async Task A_status_of_the_database_is_read_and_written_unchanged(string column)
    {
        var game = await UseCases.CreateGameAsync();
        await Database.ExecuteAsync("UPDATE game_sessions SET status = @column", new { column });
        var status = (await UseCases.SendAsync(new GetGame(game.Id))).Status;

        Assert.That(GameStatus.All, Has.Member(status));
        Assert.That(DapperTypes.StatusColumn(status), Is.EqualTo(column));
    }
}
