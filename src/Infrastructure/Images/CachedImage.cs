using GameImages.Application.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// A picture whose content is read in pieces, and whose pieces stay in memory once they were read, until the cache lets go of it. So a reader
/// of a large picture holds no more than one piece, however slow it is.
/// </summary>
internal sealed class CachedImage : PublicImage
{
    /// <summary>Nearly the longest array that .NET does not treat as a large object, whose memory it is slow to take back.</summary>
    public const int PieceBytes = 80 * 1024;

    private const int MostHits = 3;

    private readonly ImageRows rows;
    private Task<byte[]>?[]? pieces;

    /// <param name="keep">False when nothing of it shall stay in memory.</param>
    public CachedImage(Guid id, ImageRow row, ImageRows rows, bool keep)
        : base(row.Format, row.Hash, row.ByteLength)
    {
        (Id, this.rows) = (id, rows);
        if (!keep)
            return;

        pieces = new Task<byte[]>?[(row.ByteLength + PieceBytes - 1) / PieceBytes];
        if (row.FirstPiece is { } first)
            pieces[0] = Task.FromResult(first);
    }

    public Guid Id { get; }

    /// <summary>When the row was asked for, as a timestamp.</summary>
    public long ReadAt { get; init; }

    public bool IsKept => pieces is not null;

    /// <summary>Where the cache has it in one of its queues.</summary>
    public LinkedListNode<CachedImage>? Place { get; set; }

    /// <summary>How often it was asked for since the cache looked last, as far as that matters. Two hits at once may count as one.</summary>
    public int Hits { get; set; }

    public void Hit()
    {
        // Written a few times only, so that it stays where several cores can read it.
        if (Hits < MostHits)
            Hits++;
    }

    /// <summary>Lets go of what was read.</summary>
    public void Forget() => pieces = null;

    /// <returns>False when that part is not in memory.</returns>
    public bool TryRead(int from, int count, out ReadOnlyMemory<byte> part)
    {
        var piece = pieces?[from / PieceBytes];
        var isThere = piece is { IsCompletedSuccessfully: true };
        part = isThere ? Part(piece!.Result, from, count) : default;
        return isThere;
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
        await rows.ReadAsync(Id, from, Math.Min(count, PieceBytes), ct);

    private async ValueTask<ReadOnlyMemory<byte>> ReadPieceAsync(Task<byte[]>?[] kept, int from, int count, CancellationToken ct)
    {
        var index = from / PieceBytes;
        var mine = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Whoever comes first reads for all who come meanwhile, and so also when it goes itself.
        if (Interlocked.CompareExchange(ref kept[index], mine.Task, null) is not { } piece)
        {
            piece = mine.Task;
            _ = LoadAsync(kept, index, mine);
        }

        return Part(await piece.WaitAsync(ct), from, count);
    }

    private async Task LoadAsync(Task<byte[]>?[] kept, int index, TaskCompletionSource<byte[]> loaded)
    {
        try
        {
            loaded.SetResult(
                await rows.ReadAsync(Id, index * PieceBytes, Math.Min(PieceBytes, ByteLength - index * PieceBytes), CancellationToken.None)
            );
        }
        catch (Exception failed)
        {
            kept[index] = null;
            loaded.SetException(failed);
        }
    }
}
