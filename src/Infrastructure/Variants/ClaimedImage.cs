using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Variants;

/// <param name="connection">Its session has the lock of the image, which ends with the connection.</param>
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

    public Task RefuseAsync(string reason, CancellationToken ct) => ExecuteAsync(Refuse(id, reason), ct);

    public static NpgsqlBatchCommand Refuse(Guid id, string reason) =>
        new NpgsqlBatchCommand("SELECT refuse_variants(@id, @reason)").With("id", id).With("reason", reason);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<object?> ExecuteAsync(NpgsqlBatchCommand statement, CancellationToken ct)
    {
        await using var batch = connection.Batch(statement);
        return await connection.RunAsync(() => batch.ExecuteScalarAsync(ct));
    }
}
