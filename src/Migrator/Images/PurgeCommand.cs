using System.CommandLine;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Operations.Images;

namespace GameImages.Migrator.Images;

/// <summary>gameimages purge: takes a picture down for everybody.</summary>
internal static class PurgeCommand
{
    private static readonly Argument<Guid?> Image = ImageArgument.CreateOptional();
    private static readonly Option<string?> Hash = new("--hash") { Description = "The content hash of the picture.", HelpName = "hash" };
    private static readonly Option<string?> File = new("--file") { Description = "The picture itself.", HelpName = "path" };
    private static readonly Option<bool> Block = new("--block") { Description = "Keeps the picture from ever being stored again." };
    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "Why, for the operators; uploaders are not told.",
        HelpName = "text",
    };

    public static Command Create()
    {
        var command = new Command("purge", "Takes a picture out of every game at once.")
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
        var (block, reason) = (parsed.GetValue(Block), parsed.GetValue(Reason));
        if (reason?.EnumerateRunes().Count() > BlockedHashes.ReasonMaxLength)
            throw new UsageException($"A reason has at most {BlockedHashes.ReasonMaxLength} characters.");

        var (id, hashes) = await TargetAsync(parsed, ct);
        await using var database = await Database.OpenAsync(ct);
        var purge = new ImagePurge(database.Operators);
        var plan = id is { } image ? await purge.PlanAsync(image, ct) : await purge.PlanAsync(hashes, ct);

        if (plan.Images.Count > 0)
            Confirmation.Ask(parsed, Describe(plan, block));
        else if (!block)
            throw new UsageException($"There is no image with the content hash {string.Join(" or ", plan.Hashes)}.");

        var done = await purge.RunAsync(plan.Hashes, block, reason, ct);
        var (holders, blocked) = (Holders(done), block ? done.Hashes : []);
        var result = new
        {
            Images = done.Images.Select(image => new
            {
                image.Id,
                ContentHash = $"{image.ContentHash}",
                MimeType = $"{image.MimeType}",
                image.ByteLength,
            }),
            done.Games,
            done.Bytes,
            Blocked = blocked.Select(hash => $"{hash}"),
            reason,
            Holders = holders,
        };
        Output.Of(parsed).Write(result, output =>
        {
            foreach (var image in done.Images)
                output.Line($"Deleted image {image.Id} ({image.MimeType}, {((long)image.ByteLength).Bytes()}, content hash {image.ContentHash}).");
            output.Line(done.Images.Count > 0 ? $"{done.Games.Count("game")} showed it." : "The picture was not stored.");
            foreach (var hash in blocked)
                output.Line($"Blocked {hash}.");
            if (holders.Count > 0)
                output.Line("Who may still show it:");
            foreach (var holder in holders)
                output.Line($"- {holder.Who}: {holder.HowLong}");
        });
        return ExitCode.Done;
    }

    private static async Task<(Guid? Id, IReadOnlyList<ContentHash> Hashes)> TargetAsync(ParseResult parsed, CancellationToken ct) =>
        (parsed.GetValue(Image), parsed.GetValue(Hash), parsed.GetValue(File)) switch
        {
            ({ } id, null, null) => (id, []),
            (null, { } hash, null) => (null, [BlockCommands.Hash(hash)]),
            (null, null, { } path) => (null, (await PictureFile.ReadAsync(path, ct)).Hashes),
            _ => throw new UsageException("Name one picture: by the id of the image, by --hash or by --file."),
        };

    private static string Describe(Purge plan, bool block) =>
        $"This deletes {((long)plan.Images.Count).Count("image")} of {plan.Bytes.Bytes()} ({string.Join(", ", plan.Images.Select(image => image.Id))}), "
        + $"takes it out of {plan.Games.Count("game")}{(block ? " and blocks it" : "")}. It cannot be undone.";

    private static IReadOnlyList<Holder> Holders(Purge purge) =>
        purge.Images.Count == 0
            ? []
            :
            [
                new("this service", "not any more", 0),
                new(
                    "browsers and proxies",
                    $"{PublicImage.MaxAgeSeconds / 60} minutes at most (max-age={PublicImage.MaxAgeSeconds})",
                    PublicImage.MaxAgeSeconds),
                new("Discord", "each message until it is edited or deleted, and its media proxy as long as it likes", null),
            ];

    /// <param name="MaxSeconds">Null when nobody knows.</param>
    private sealed record Holder(string Who, string HowLong, int? MaxSeconds);
}
