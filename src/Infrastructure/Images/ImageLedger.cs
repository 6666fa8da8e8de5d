using GameImages.Application.Images;
using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

internal sealed class ImageLedger(GameDatabase database, PublicImages images) : IImageLedger
{
    public async Task<Guid> StoreAsync(ImageContent content, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var kept = (await KeptImage.FindAsync([content], connection, ct)).SingleOrDefault(image => image.Key == new ImageKey(content));

        // It may be gone by now.
        if (kept is not null && await ChangeAsync(kept.IsQuarantined ? ImageStatements.HealAndCount(kept.Id, content, 1) : ImageStatements.Count(kept.Id, 1)) == 1)
            return kept.Id;

        await using var insert = connection.Batch(ImageStatements.InsertOrCount(Guid.NewGuid(), content, 1));
        return await insert.CommitToTheEndAsync(async reader =>
        {
            await reader.ReadAsync(ct);
            return reader.GetGuid(0);
        });

        async Task<int> ChangeAsync(NpgsqlBatchCommand statement)
        {
            await using var change = connection.Batch(statement);
            return await change.CommitToTheEndAsync(reader => Task.FromResult(reader.RecordsAffected));
        }
    }

    public async Task ReleaseAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var release = connection.Batch([ImageStatements.Count(id, -1), .. ImageStatements.DeleteUnreferenced([id])]);
        try
        {
            await release.CommitToTheEndAsync(_ => Task.FromResult(0));
        }
        finally
        {
            images.Forget(id);
        }
    }
}
