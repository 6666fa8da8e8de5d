using System.CommandLine;
using GameImages.Domain.Images;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages purge: deletes an image, and removes it from all games and uploads.</summary>
internal static class PurgeCommand
{
    private static readonly Argument<Guid?> Image = ImageArgument.CreateOptional();
    private static readonly Option<string?> Hash = new("--hash") { Description = "The content hash of the image.", HelpName = "hash" };
    private static readonly Option<string?> File = new("--file") { Description = "A file with the image.", HelpName = "path" };
    private static readonly Option<bool> Block = new("--block") { Description = "Blocks the image, so that it is never stored again." };
    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "The reason, for other operators. Users do not see it.",
        HelpName = "text",
    };

    public static Command Create()
    {
        var command = new Command("purge", "Deletes an image, and removes it from all games and uploads at once.")
        {
            Image,
            Hash,
            File,
            Reason,
            Block,
            Confirmation.Yes,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var block = parsed.GetValue(Block);
        var reason = parsed.GetValue(Reason);
        BlockedHashes.CheckReason(reason);
        var (id, hashes) = await TargetAsync(parsed, ct);

        await using var database = await Database.OpenAsync(ct);
        var purge = new ImagePurge(database.Operators);
        var plan = id is { } image ? await purge.PlanAsync(image, ct) : await purge.PlanAsync(hashes, ct);

        if (plan.Images.Count > 0)
            Confirmation.Ask(parsed, Describe(plan, block));
        else if (!block)
            throw new UsageException($"There is no image with the content hash {string.Join(" or ", plan.Hashes)}.");

        var done = await purge.RunAsync(plan.Hashes, block, reason, ct);
        Print(done, block ? done.Hashes : [], reason, Output.Of(parsed));
        return ExitCode.Done;
    }

    private static async Task<(Guid? Id, IReadOnlyList<ContentHash> Hashes)> TargetAsync(ParseResult parsed, CancellationToken ct) =>
        (parsed.GetValue(Image), parsed.GetValue(Hash), parsed.GetValue(File)) switch
        {
            ({ } id, null, null) => (id, []),
            (null, { } hash, null) => (null, [BlockCommands.Hash(hash)]),
            (null, null, { } path) => (null, (await ImageFile.ReadAsync(path, ct)).Hashes),
            _ => throw new UsageException("Name one image: by its id, with --hash or with --file."),
        };

    private static string Describe(Purge plan, bool block)
    {
        var ids = string.Join(", ", plan.Images.Select(image => image.Id));
        return $"This deletes {((long)plan.Images.Count).Count("image")} of {plan.Bytes.Bytes()} ({ids}), "
            + $"removes it from {plan.Games.Count("game")} and {plan.Uploads.Count("upload")}{(block ? ", and blocks it" : "")}. "
            + "It cannot be undone.";
    }

    private static void Print(Purge done, IReadOnlyList<ContentHash> blocked, string? reason, Output output)
    {
        var holders = ImageHolder.Of(done);
        var result = new
        {
            Images = done.Images.Select(image =>
                new { image.Id, ContentHash = $"{image.ContentHash}", MimeType = $"{image.MimeType}", image.ByteLength }),
            done.Games,
            done.Uploads,
            done.Bytes,
            Blocked = blocked.Select(hash => $"{hash}"),
            reason,
            Holders = holders,
        };
        output.Write(result, text =>
        {
            foreach (var image in done.Images)
            {
                var length = ((long)image.ByteLength).Bytes();
                text.Line($"Deleted image {image.Id} ({image.MimeType}, {length}, content hash {image.ContentHash}).");
            }

            text.Line(done.Images.Count > 0
                ? $"{done.Games.Count("game")} showed it, and {done.Uploads.Count("upload")} held it."
                : "The image was not stored.");
            foreach (var hash in blocked)
                text.Line($"Blocked {hash}.");
            if (holders.Count > 0)
                text.Line("These may still show it:");
            foreach (var holder in holders)
                text.Line($"- {holder.Who}: {holder.HowLong}");
        });
    }
}
