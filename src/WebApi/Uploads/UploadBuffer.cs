using System.Security.Cryptography;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.WebApi.Uploads;

/// <summary>Reads the parts of a body, each into an array of its own that grows as the bytes arrive.</summary>
/// <param name="bodyBytes">The maximum length of the body.</param>
/// <param name="reserveAsync">Reserves the given number of additional bytes.</param>
internal sealed class UploadBuffer(long bodyBytes, Func<long, Task> reserveAsync)
{
    // Most texts are short, and most images are long.
    private const int FirstTextBytes = 1024;
    private const int FirstImageBytes = 16 * 1024;

    // The second copy is the larger array to which a full array is copied. Later it is the image without its metadata, or the characters
    // of a text.
    private const int Copies = 2;

    /// <returns>The maximum number of bytes that are reserved for a part of at most this length.</returns>
    public static long Needs(int limit) => Copies * (limit + 1L);

    public Task<ReadOnlyMemory<byte>> ReadTextAsync(Stream part, int limit, Func<Exception> tooLong, CancellationToken ct) =>
        ReadAsync(part, limit, FirstTextBytes, tooLong, null, ct);

    /// <summary>Reads an image, and hashes its bytes while they arrive.</summary>
    public async Task<ImageContent> ReadImageAsync(Stream part, ImageLimits limits, CancellationToken ct) =>
        (await FindImageAsync(part, limits, mayBeEmpty: false, ct))!;

    /// <returns>Null if the part is empty and may be empty.</returns>
    public async Task<ImageContent?> FindImageAsync(Stream part, ImageLimits limits, bool mayBeEmpty, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var image = await ReadAsync(part, limits.MaxBytes, FirstImageBytes, () => ImageRefusedException.TooManyBytes(limits), hash, ct);
        if (mayBeEmpty && image.IsEmpty)
            return null;

        return ImageContent.Read(image, limits, ContentHash.FromDigest(hash.GetHashAndReset()));
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream part, int limit, int first, Func<Exception> tooLong, IncrementalHash? hash, CancellationToken ct)
    {
        // One byte more shows whether the part has ended.
        var most = (int)Math.Min(limit, bodyBytes) + 1;
        var bytes = await GrowAsync([], 0, Math.Min(first, most));
        var length = 0;

        for (int read; (read = await part.ReadAsync(bytes.AsMemory(length), ct)) > 0;)
        {
            if (length + read > limit)
                throw tooLong();

            hash?.AppendData(bytes.AsSpan(length, read));
            length += read;
            if (length == bytes.Length)
                bytes = await GrowAsync(bytes, length, NextSize(length, most));
        }

        return bytes.AsMemory(0, length);
    }

    // Doubles the array, or grows it to its full size if little more would be missing.
    private static int NextSize(int size, int most) => size > most / 3 ? most : 2 * size;

    // The arrays do not come from a pool, because the request may use slices of them until it ends.
    private async Task<byte[]> GrowAsync(byte[] bytes, int used, int size)
    {
        await reserveAsync(Copies * (long)(size - bytes.Length));
        var larger = GC.AllocateUninitializedArray<byte>(size);
        bytes.AsSpan(0, used).CopyTo(larger);
        return larger;
    }
}
