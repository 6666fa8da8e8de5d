using Dapper;
using GameImages.Application;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// The bytes of one image row, each read by a statement of its own: what is not asked for is not read, a large picture takes no more
/// memory than the reader's buffer, and no connection is held while a slow client takes its time.
/// </summary>
/// <exception cref="NotFoundException">The picture was deleted or found damaged meanwhile. Its bytes never change, so what was read before fits.</exception>
internal sealed class ImageDataStream(PublicDatabase database, Guid id, int length) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(buffer.Length, length - Position);
        if (count <= 0)
            return 0;

        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var piece = await connection.QuerySingleOrDefaultAsync<byte[]>(new(
            "SELECT substring(image_data FROM @from FOR @count) FROM game_images WHERE id = @id AND quarantined_at IS NULL",
            new { from = (int)Position + 1, count, id }, cancellationToken: cancellationToken))
            ?? throw new NotFoundException($"There is no image {id} any more.");

        piece.CopyTo(buffer);
        Position += piece.Length;
        return piece.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read with ReadAsync.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
