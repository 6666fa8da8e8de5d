using System.Security.Cryptography;
using GameImages.Domain.Images;

namespace GameImages.WebApi.Games;

/// <summary>The memory of one body, in which what is read of it lies one after the other.</summary>
/// <param name="maxBytes">How long the body is at most.</param>
internal sealed class UploadBuffer(int maxBytes)
{
    // A byte more tells a body that ends from one that goes on. From no pool: bytes that somebody still looked at after their return would be
    // those of another picture.
    private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(maxBytes + 1);
    private int used;

    public async Task<ReadOnlyMemory<byte>> ReadAsync(Stream part, int limit, Func<Exception> tooLong, CancellationToken ct, IncrementalHash? hash = null)
    {
        var room = bytes.AsMemory(used);
        room = room[..(Math.Min(limit, room.Length - 1) + 1)];
        var length = 0;

        for (int read; (read = await part.ReadAsync(room[length..], ct)) > 0; length += read)
        {
            if (length + read == room.Length)
                throw tooLong();

            hash?.AppendData(room.Span.Slice(length, read));
        }

        used += length;
        return room[..length];
    }

    /// <summary>Hashes while the bytes come, so that the last of them is all that is waited for.</summary>
    public async Task<ImageContent> ReadImageAsync(Stream part, ImageLimits limits, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var image = await ReadAsync(part, limits.MaxBytes, () => ImageRefusedException.TooManyBytes(limits), ct, hash);
        return ImageContent.Read(image, limits, ContentHash.FromDigest(hash.GetHashAndReset()));
    }
}
