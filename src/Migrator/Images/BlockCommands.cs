using System.CommandLine;
using GameImages.Domain.Images;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages blocked and unblock: the images that the service does not store.</summary>
internal static class BlockCommands
{
    public static Command Blocked()
    {
        var command = new Command("blocked", "Lists the blocked images, by their content hash.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var database = await Database.OpenAsync(ct);
            var blocked = await new BlockedHashes(database.Operators).ListAsync(ct);
            var result = blocked.Select(block =>
                new { ContentHash = $"{block.ContentHash}", block.Reason, block.BlockedBy, block.BlockedAt });
            Output.Of(parsed).Write(result, text => Print(blocked, text));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Unblock()
    {
        var hashes = new Argument<string[]>("hash")
        {
            Description = "The content hash of an image, as gameimages blocked lists it.",
            HelpName = "HASH",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("unblock", "Allows images to be stored again.") { hashes };
        command.SetAction(async (parsed, ct) =>
        {
            var unblocked = parsed.GetRequiredValue(hashes).Select(Hash).Distinct().ToList();
            await using var database = await Database.OpenAsync(ct);
            await new BlockedHashes(database.Operators).UnblockAsync(unblocked, ct);
            Output.Of(parsed).Write(new { Unblocked = unblocked.Select(hash => $"{hash}") }, text =>
                unblocked.ForEach(hash => text.Line($"Unblocked {hash}.")));
            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="UsageException">The text is not a content hash.</exception>
    public static ContentHash Hash(string text) => ContentHash.TryParse(text, out var hash)
        ? hash
        : throw new UsageException($"\"{text}\" is not a content hash, which has 64 hexadecimal digits.");

    private static void Print(IReadOnlyList<BlockedHash> blocked, Output text)
    {
        if (blocked.Count == 0)
            text.Line("No image is blocked.");

        // This is not a table, because a hash alone nearly fills the width of a terminal.
        foreach (var block in blocked)
        {
            var reason = block.Reason is null ? "" : $": {block.Reason.ReplaceLineEndings(" ")}";
            text.Line($"{block.ContentHash} since {block.BlockedAt:u} by {block.BlockedBy}{reason}");
        }
    }
}
