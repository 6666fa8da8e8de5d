using System.CommandLine;
using GameImages.Application;
using GameImages.Operations.Announcements;

namespace GameImages.Migrator.Announcements;

/// <summary>gameimages outbox list, retry and drop: the changes of games that are not announced yet.</summary>
internal static class OutboxCommands
{
    private const string NothingWaits = "Nothing waits to be announced.";
    private const string NothingParked = "Nothing is parked.";

    public static Command Create() =>
        new("outbox", "Looks after the changes of games that are not announced yet.") { List(), Retry(), Drop() };

    private static Command List()
    {
        var parked = new Option<bool>("--parked") { Description = "Only games of which nobody tries to announce anything any more." };
        var limit = new Option<int>("--limit")
        {
            Description = "How many games to list at most.",
            HelpName = "n",
            DefaultValueFactory = _ => 1000,
        };
        var command = new Command("list", "Lists the games with changes that are not announced, and why.") { parked, limit };
        command.SetAction(async (parsed, ct) =>
        {
            var most = parsed.GetValue(limit) is var n and > 0 ? n : throw new UsageException("--limit takes a positive number.");

            await using var database = await Database.OpenAsync(ct);
            var (games, total) = await new OperatorOutbox(database.Operators).ListAsync(gameId: null, parsed.GetValue(parked), most, ct);
            Output.Of(parsed).Write(new { total, games }, text => Print(games, total, parsed.GetValue(parked), text));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Retry()
    {
        var game = GameArgument.CreateOptional();
        var all = new Option<bool>("--all") { Description = "Every game." };
        var command = new Command("retry", "Makes what is parked or postponed be announced now.") { game, all };
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(game);
            if (id is null != parsed.GetValue(all))
                throw new UsageException("Name one game, or take --all.");

            await using var database = await Database.OpenAsync(ct);
            var done = await new OperatorOutbox(database.Operators).RetryAsync(id, ct);
            if (id is not null && done is { Games: 0, LeftAlone: 0 })
                throw new NotFoundException($"Nothing of game {id} is parked or postponed.");

            Print(done, "Due now", "Nothing is parked or postponed.", Output.Of(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Drop()
    {
        var game = GameArgument.CreateOptional();
        var parked = new Option<bool>("--parked") { Description = "Every game of which nobody tries to announce anything any more." };
        var all = new Option<bool>("--all") { Description = "Every game." };
        var command = new Command("drop", "Forgets changes, which then are never announced.") { game, parked, all, Confirmation.Yes };
        command.SetAction(async (parsed, ct) =>
        {
            var (id, isParked) = (parsed.GetValue(game), parsed.GetValue(parked));
            if (new[] { id is not null, isParked, parsed.GetValue(all) }.Count(isGiven => isGiven) != 1)
                throw new UsageException("Name one game, or take --parked or --all.");

            await using var database = await Database.OpenAsync(ct);
            var outbox = new OperatorOutbox(database.Operators);
            var plan = await outbox.CountAsync(id, isParked, ct);
            if (id is not null && plan.Changes == 0)
                throw new NotFoundException($"Nothing of game {id} waits to be announced.");

            if (plan.Changes > 0)
                Confirmation.Ask(parsed, Describe(plan));

            Print(await outbox.DropAsync(id, isParked, ct), "Forgotten", isParked ? NothingParked : NothingWaits, Output.Of(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(OutboxWork plan) =>
        $"This forgets {plan.Changes.Count("change")} of {plan.Games.Count("game")}. "
        + "Messages stay as they are until their game changes again, those of deleted games for ever; a game without a message gets none before it changes.";

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
        text.Line($"{total.Count("game")}{(total > games.Count ? $", of which the eldest {games.Count} are listed" : "")}.");
    }

    private static void Print(OutboxWork done, string what, string nothing, Output output) => output.Write(done, text =>
    {
        text.Line(done is { Games: 0, LeftAlone: 0 } ? nothing : $"{what}: {done.Changes.Count("change")} of {done.Games.Count("game")}.");
        if (done.LeftAlone > 0)
            text.Line($"Left alone, since a bot is delivering them: {done.LeftAlone.Count("game")}.");
    });
}
