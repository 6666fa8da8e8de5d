using System.Data;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Variants;

/// <param name="connection">Its session has the lock of the image.</param>
internal sealed class ClaimedImage(Guid id, ImageFormat format, byte[] bytes, ContentHash hash, NpgsqlConnection connection)
    : IClaimedImage
{
    public Guid Id => id;

    public ImageFormat Format => format;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool IsIntact => ContentHash.Of(bytes) == hash;

    public async Task<bool> StoreAsync(ImageVariants variants, CancellationToken ct)
    {
        var stored = await ExecuteAsync(
            new NpgsqlBatchCommand("SELECT store_variants(@id, @width, @height, @placeholder, @color, @widths, @heights, @contents)")
                .With("id", id)
                .With("width", variants.Size.Width)
                .With("height", variants.Size.Height)
                .With("placeholder", variants.Placeholder.ToArray())
                .With("color", variants.DominantColor)
                .With("widths", variants.Variants.Select(variant => variant.Size.Width).ToArray())
                .With("heights", variants.Variants.Select(variant => variant.Size.Height).ToArray())
                .With("contents", variants.Variants.Select(variant => variant.Bytes.ToArray()).ToArray()),
            ct);
        return (bool)stored!;
    }

    public Task RefuseAsync(string reason, CancellationToken ct) =>
        ExecuteAsync(new NpgsqlBatchCommand("SELECT refuse_variants(@id, @reason)").With("id", id).With("reason", reason), ct);

    // The connection returns to its pool without the lock. The server has released the lock of a connection that is lost.
    public async ValueTask DisposeAsync()
    {
        await using (connection)
        {
            try
            {
                await ExecuteAsync(VariantBacklog.Unlock(), CancellationToken.None);
            }
            catch (Exception) when (connection.IsLost || connection.State != ConnectionState.Open)
            {
            }
        }
    }

    private async Task<object?> ExecuteAsync(NpgsqlBatchCommand statement, CancellationToken ct)
    {
        await using var batch = connection.Batch(statement);
        return await connection.RunAsync(() => batch.ExecuteScalarAsync(ct));
    }
}
