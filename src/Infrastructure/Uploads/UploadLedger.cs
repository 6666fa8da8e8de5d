using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Uploads;

/// <summary>
/// Stores and ends uploads. Each transaction locks the row of the image before that of the upload, like a game before it shows the image.
/// So an upload ends either before a game shows its image, which the game then finds out, or after that.
/// </summary>
internal sealed class UploadLedger(GameDatabase database, PublicImages publicImages, ICaller caller, Quotas quotas) : IUploadLedger
{
    private const int MaxEnded = 20;
    private const int MaxForgotten = 1000;

    public async Task<Answer<ImageUpload>> StoreAsync(
        ImageContent content, Snowflake? guildId, IdempotencyKey? key, CancellationToken ct)
    {
        var settings = CallerSettings.Of(caller, quotas).WithSent([content.Hash]);
        await using var connection = await database.Source.OpenConnectionAsync(ct);

        if (key is not null
            && await KeptAnswers.BeginAsync<ImageUpload>(connection, settings, key, UploadStatements.Answer, ct) is { } answer)
            return new(answer, IsReplayed: true);

        // Nobody else can end or begin the upload while this transaction holds the row of the image. Without a row to hold, this is a new
        // upload. If another request of the member stores it first, the insertion fails, and this request runs again.
        IEnumerable<NpgsqlBatchCommand> begin = key is null ? [new("BEGIN"), settings.Statement()] : [settings.Statement()];
        var (image, isRenewal) = await LockAsync(connection.Batch(
            [.. begin, StoredImage.Lock(content), UploadStatements.Exists(content, caller.Id)]), content, ct);
        if (!isRenewal)
            image.Image.AddReference();

        await using var batch = connection.Batch(
        [
            image.Counted().Statement(),
            isRenewal
                ? UploadStatements.Renew(content, caller.Id, guildId, quotas.UploadLifetime)
                : UploadStatements.Insert(content, caller.Id, guildId, quotas.UploadLifetime),
            .. key is null ? [] : KeptAnswers.Keep(settings, key, UploadStatements.KeepAnswer(content, caller.Id)),
            new(Commit.Sql),
        ]);
        return await GameStatements.CommitAsync(batch, async reader =>
        {
            await reader.NextResultAsync(CancellationToken.None);
            var upload = (await reader.RowsAsync<ImageUpload>(CancellationToken.None)).Single();
            return new Answer<ImageUpload>(upload, IsReplayed: false);
        });
    }

    public async Task<bool> EndAsync(Guid imageId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await EndAsync(connection, imageId, new NpgsqlBatchCommand(
            "DELETE FROM image_uploads WHERE user_id = @user AND image_id = @image RETURNING id").With("user", caller.Id), ct);
    }

    public async Task<bool> EndExpiredAsync(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var forget = connection.Batch(KeptAnswers.DeleteExpired(MaxForgotten));
        var forgotten = await forget.CommitToTheEndAsync(reader => Task.FromResult(reader.RecordsAffected));
        var expired = await connection.QueryAsync<(Guid Id, Guid ImageId)>(new(
            "SELECT id, image_id FROM image_uploads WHERE expires_at <= now() ORDER BY expires_at LIMIT @limit",
            new { limit = MaxEnded }, cancellationToken: ct));
        var ended = 0;

        foreach (var (id, imageId) in expired)
        {
            if (await EndExpiredAsync(id, imageId, ct))
                ended++;
        }

        // An upload that cannot end must not make this run forever.
        return (expired.Count == MaxEnded && ended > 0) || forgotten == MaxForgotten;
    }

    private async Task<bool> EndExpiredAsync(Guid id, Guid imageId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        try
        {
            return await EndAsync(connection, imageId, new NpgsqlBatchCommand(
                "DELETE FROM image_uploads WHERE id = @id AND image_id = @image AND expires_at <= now() RETURNING id").With("id", id), ct);
        }
        // The count of the image is too low. The command verify reports it. The other uploads must not wait for its repair.
        catch (BrokenRuleException)
        {
            return false;
        }
    }

    private static async Task<(ImageWrite Image, bool IsRenewal)> LockAsync(
        NpgsqlBatch batch, ImageContent content, CancellationToken ct)
    {
        await using (batch)
        {
            return await batch.ReadAsync(
                async reader =>
                {
                    await reader.NextResultAsync(ct);
                    var row = (await reader.RowsAsync<StoredImage>(ct)).SingleOrDefault();
                    var hasUpload = (await reader.RowsAsync<bool>(ct)).Single();
                    return row is null ? (ImageWrite.New(content), false) : (row.Write(content), hasUpload);
                },
                ct);
        }
    }

    /// <param name="delete">Deletes the upload of the parameter image, and returns a row if there is one.</param>
    private async Task<bool> EndAsync(NpgsqlConnection connection, Guid imageId, NpgsqlBatchCommand delete, CancellationToken ct)
    {
        await using var batch = connection.Batch(
            new NpgsqlBatchCommand("BEGIN"),
            CallerSettings.Of(caller, quotas).Statement(),
            new NpgsqlBatchCommand("SELECT id FROM game_images WHERE id = @image FOR UPDATE").With("image", imageId),
            delete.With("image", imageId));
        var isDeleted = await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                await reader.NextResultAsync(ct);
                return await reader.ReadAsync(ct);
            },
            ct);

        await using var end = connection.Batch(isDeleted
            ? [ImageStatements.Count(imageId, -1), .. ImageStatements.DeleteUnreferenced([imageId]), new(Commit.Sql)]
            : [new("ROLLBACK")]);
        await publicImages.EvictAfterAsync([imageId], () => GameStatements.CommitAsync(end, reader => Task.FromResult(0)));
        return isDeleted;
    }
}
