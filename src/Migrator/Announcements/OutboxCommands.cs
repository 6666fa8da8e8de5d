using System.CommandLine;
using GameImages.Operations.Announcements;

namespace GameImages.Migrator.Announcements;

/// <summary>gameimages outbox list, retry and drop: the changes of games that are not announced yet.</summary>
internal static class OutboxCommands
{
    private const string NothingWaits = "Nothing waits to be announced.";
    private const string NothingParked = "Nothing is parked.";

    public static Command Create() =>
        new("outbox", "Lists, retries or drops changes of games that are not announced yet.") { List(), Retry(), Drop() };

    private static Command List()
    {
        var parked = new Option<bool>("--parked") { Description = "Lists only games whose changes are all parked." };
        var limit = NumberOption.Create("--limit", "How many games to list at most.", defaultValue: 1000, min: 1);
        var command = new Command("list", "Lists the games with changes that are not announced, and the reasons.") { parked, limit };
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var (games, total) = await new OperatorOutbox(database.Operators).ListAsync(
                gameId: null, parsed.GetValue(parked), parsed.GetValue(limit), ct);
            Output.Of(parsed).Write(new { total, games }, text => Print(games, total, parsed.GetValue(parked), text));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Retry()
    {
        var game = GameArgument.CreateOptional();
        var all = new Option<bool>("--all") { Description = "Retries the changes of all games." };
        var command = new Command("retry", "Lets the bot announce parked and postponed changes now.") { game, all };
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(game);
            if (id is null != parsed.GetValue(all))
                throw new UsageException("Name one game, or add --all.");

            await using var database = await Database.OpenAsync(ct);
            var done = await new OperatorOutbox(database.Operators).RetryAsync(id, ct);
            Print(done, "Due now", "Nothing is parked or postponed.", Output.Of(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Drop()
    {
        var game = GameArgument.CreateOptional();
        var parked = new Option<bool>("--parked") { Description = "Drops the changes of games whose changes are all parked." };
        var all = new Option<bool>("--all") { Description = "Drops the changes of all games." };
        var command = new Command("drop", "Drops changes, so that they are never announced.") { game, parked, all, Confirmation.Yes };
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(game);
            var isParked = parsed.GetValue(parked);
            if (new[] { id is not null, isParked, parsed.GetValue(all) }.Count(isGiven => isGiven) != 1)
                throw new UsageException("Name one game, or add --parked or --all.");

            await using var database = await Database.OpenAsync(ct);
            var outbox = new OperatorOutbox(database.Operators);
            var plan = await outbox.PlanDropAsync(id, isParked, ct);
            if (plan.Changes > 0)
                Confirmation.Ask(parsed, Describe(plan));

            var done = await outbox.DropAsync(id, isParked, ct);
            Print(done, "Dropped", isParked ? NothingParked : NothingWaits, Output.Of(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(OutboxWork plan) =>
        $"This drops {plan.Changes.Count("change")} of {plan.Games.Count("game")}. "
        + "Messages stay as they are until their game changes again. Messages of deleted games stay permanently. "
        + "A game without a message gets one when it changes again.";

    private static void Print(IReadOnlyList<OutboxGame> games, long total, bool parked, Output text)
    {
        if (total == 0)
        {
            text.Line(parked ? NothingParked : NothingWaits);
            return;
        }

        text.Table(["GAME", "GUILD", "CHANNEL", "CHANGES", "SINCE", "ATTEMPTS", "NEXT", "TITLE", "REASON"], games.Select(game => new[]
        {
            $"{game.GameId}", game.GuildId ?? "", game.ChannelId, game.Changes.Count(), $"{game.Since:u}", $"{game.Attempts}",
            game.NextAttemptAt is { } next ? $"{next:u}" : "parked", game.Title ?? "deleted", game.Reason?.ReplaceLineEndings(" ") ?? "",
        }));
        text.Line(total > games.Count
            ? $"{total.Count("game")}. The oldest {games.Count} are listed."
            : $"{total.Count("game")}.");
    }

    private static void Print(OutboxWork done, string what, string nothing, Output output) => output.Write(done, text =>
    {
        text.Line(done is { Games: 0, LeftAlone: 0 } ? nothing : $"{what}: {done.Changes.Count("change")} of {done.Games.Count("game")}.");
        if (done.LeftAlone > 0)
            text.Line($"Skipped, because a bot is announcing them: {done.LeftAlone.Count("game")}.");
    });
}
