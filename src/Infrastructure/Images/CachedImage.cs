using GameImages.Application.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// An image whose content is read in pieces. A piece that was read stays in memory until the image is evicted. A client that reads slowly
/// therefore needs the memory of one piece only, even for a large image.
/// </summary>
internal sealed class CachedImage : PublicImage
{
    /// <summary>The length of a piece in bytes. It stays below 85,000, where .NET begins to treat arrays as large objects.</summary>
    public const int PieceBytes = 80 * 1024;

    private const int MaxHits = 3;

    private readonly PublicImageReader reader;
    private Task<byte[]>?[]? pieces;

    /// <param name="keep">Whether pieces stay in memory.</param>
    public CachedImage(PublicImageKey key, PublicImageRow row, PublicImageReader reader, bool keep)
        : base(key, row.Format, row.Hash, row.ByteLength)
    {
        this.reader = reader;
        if (!keep)
            return;

        pieces = new Task<byte[]>?[(row.ByteLength + PieceBytes - 1) / PieceBytes];
        if (row.FirstPiece is { } first)
            pieces[0] = Task.FromResult(first);
    }

    /// <summary>The timestamp at which the query for the row was sent.</summary>
    public long ReadAt { get; init; }

    public bool IsKept => pieces is not null;

    /// <summary>The image's node in a queue of the cache.</summary>
    public LinkedListNode<CachedImage>? Node { get; set; }

    /// <summary>The number of requests since the cache last looked, up to a small limit. Two hits at once may count as one.</summary>
    public int Hits { get; set; }

    public void Hit()
    {
        // After a few hits the value is only read, so each core can keep it in its own cache.
        if (Hits < MaxHits)
            Hits++;
    }

    /// <summary>Releases the memory of all pieces.</summary>
    public void Drop() => pieces = null;

    /// <returns>False when that part is not in memory.</returns>
    public bool TryRead(int from, int count, out ReadOnlyMemory<byte> part)
    {
        var piece = pieces?[from / PieceBytes];
        var isInMemory = piece is { IsCompletedSuccessfully: true };
        part = isInMemory ? Part(piece!.Result, from, count) : default;
        return isInMemory;
    }

    public override ValueTask<ReadOnlyMemory<byte>> ReadAsync(int from, int count, CancellationToken ct)
    {
        if (TryRead(from, count, out var part))
            return new(part);

        return pieces is { } kept ? ReadPieceAsync(kept, from, count, ct) : ReadUnkeptAsync(from, count, ct);
    }

    private static ReadOnlyMemory<byte> Part(byte[] piece, int from, int count)
    {
        var start = from % PieceBytes;
        return piece.AsMemory(start, Math.Min(count, piece.Length - start));
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadUnkeptAsync(int from, int count, CancellationToken ct) =>
        await reader.ReadAsync(this, from, Math.Min(count, PieceBytes), ct);

    private async ValueTask<ReadOnlyMemory<byte>> ReadPieceAsync(Task<byte[]>?[] kept, int from, int count, CancellationToken ct)
    {
        var index = from / PieceBytes;
        var loaded = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The first request reads the piece for all requests that arrive meanwhile. It reads to the end even if its own client
        // disconnects.
        if (Interlocked.CompareExchange(ref kept[index], loaded.Task, null) is not { } piece)
        {
            piece = loaded.Task;
            _ = LoadAsync(kept, index, loaded);
        }

        return Part(await piece.WaitAsync(ct), from, count);
    }

    private async Task LoadAsync(Task<byte[]>?[] kept, int index, TaskCompletionSource<byte[]> loaded)
    {
        try
        {
            var from = index * PieceBytes;
            loaded.SetResult(await reader.ReadAsync(this, from, Math.Min(PieceBytes, ByteLength - from), CancellationToken.None));
        }
        catch (Exception failed)
        {
            kept[index] = null;
            loaded.SetException(failed);
        }
    }
}
