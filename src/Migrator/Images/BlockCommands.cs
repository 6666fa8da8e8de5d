using System.CommandLine;
using GameImages.Domain.Images;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages blocked and unblock: the pictures that are never stored again.</summary>
internal static class BlockCommands
{
    public static Command Blocked()
    {
        var command = new Command("blocked", "Lists the pictures that are blocked, by their content hash.");
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var database = await Database.OpenAsync(ct);
                var blocked = await new BlockedHashes(database.Operators).ListAsync(ct);
                Output
                    .Of(parsed)
                    .Write(
                        blocked.Select(block => new
                        {
                            ContentHash = block.ContentHash.ToString(),
                            block.Reason,
                            block.BlockedBy,
                            block.BlockedAt,
                        }),
                        output =>
                        {
                            if (blocked.Count == 0)
                                output.Line("No picture is blocked.");

                            // No table: a hash alone nearly fills a terminal.
                            foreach (var block in blocked)
                                output.Line($"{block.ContentHash} since {block.BlockedAt:u} by {block.BlockedBy}{(block.Reason is null ? "" : $": {block.Reason.ReplaceLineEndings(" ")}")}");
                        });
                return ExitCode.Done;
            });
        return command;
    }

    public static Command Unblock()
    {
        var hashes = new Argument<string[]>("hash")
        {
            Description = "The content hash of a picture, as blocked lists it.",
            HelpName = "HASH",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("unblock", "Lets pictures be stored again.") { hashes };
        command.SetAction(
            async (parsed, ct) =>
            {
                var unblocked = parsed.GetRequiredValue(hashes).Select(Hash).Distinct().ToList();
                await using var database = await Database.OpenAsync(ct);
                await new BlockedHashes(database.Operators).UnblockAsync(unblocked, ct);
                Output
                    .Of(parsed)
                    .Write(new { Unblocked = unblocked.Select(hash => hash.ToString()) }, output =>
                        unblocked.ForEach(hash => output.Line($"Unblocked {hash}.")));
                return ExitCode.Done;
            });
        return command;
    }

    /// <exception cref="UsageException">The text is no content hash.</exception>
    public static ContentHash Hash(string text) =>
        ContentHash.TryParse(text, out var hash)
            ? hash
            : throw new UsageException($"\"{text}\" is no content hash: that is 64 hexadecimal digits.");
}
