using System.Buffers.Binary;
using System.Text;
using GameImages.Application.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Variants.Decoding;

/// <summary>What the parent and the child send each other. Both are the same build, so the form has no version.</summary>
internal static class DecoderMessage
{
    /// <summary>The most variants that a message may have.</summary>
    private const int MaxVariants = 10;

    /// <summary>The bytes of a message besides the variants, at most.</summary>
    public const int MaxOverhead = 4096;

    // The child writes it before it reads the image. Without it, the image cannot be the reason why the child has ended.
    private const byte StartMark = 1;

    public static void WriteStart(Stream output)
    {
        output.WriteByte(StartMark);
        output.Flush();
    }

    public static bool HasStart(ReadOnlySpan<byte> message) => message.StartsWith(StartMark);

    public static async Task WriteImageAsync(Stream output, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        await output.WriteAsync(length, ct);
        await output.WriteAsync(bytes, ct);
        await output.FlushAsync(ct);
    }

    public static byte[] ReadImage(Stream input)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        input.ReadExactly(length);
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        input.ReadExactly(bytes);
        return bytes;
    }

    public static void Write(Stream output, ImageVariants variants)
    {
        using var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        writer.Write(variants.Size.Width);
        writer.Write(variants.Size.Height);
        writer.Write(variants.DominantColor);
        writer.Write(variants.Placeholder.Length);
        writer.Write(variants.Placeholder.Span);
        writer.Write(variants.Variants.Count);

        foreach (var variant in variants.Variants)
        {
            writer.Write(variant.Size.Width);
            writer.Write(variant.Size.Height);
            writer.Write(variant.Bytes.Length);
            writer.Write(variant.Bytes.Span);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public static ImageVariants Read(ReadOnlySpan<byte> message)
    {
        if (!HasStart(message))
            throw new InvalidDataException();

        message = message[1..];
        var size = ReadSize(ref message);
        var color = ReadNumber(ref message, 0, 0xFFFFFF);
        var placeholder = ReadBytes(ref message);
        var variants = new ImageVariant[ReadNumber(ref message, 0, MaxVariants)];
        for (var n = 0; n < variants.Length; n++)
            variants[n] = new(ReadSize(ref message), ReadBytes(ref message));

        return message.IsEmpty ? new(size, placeholder, color, variants) : throw new InvalidDataException();
    }

    private static ImageSize ReadSize(ref ReadOnlySpan<byte> message) =>
        new(ReadNumber(ref message, 1, int.MaxValue), ReadNumber(ref message, 1, int.MaxValue));

    private static byte[] ReadBytes(ref ReadOnlySpan<byte> message)
    {
        var length = ReadNumber(ref message, 1, message.Length);
        if (length > message.Length)
            throw new InvalidDataException();

        var bytes = message[..length].ToArray();
        message = message[length..];
        return bytes;
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> message, int min, int max)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(message, out var number) || number < min || number > max)
            throw new InvalidDataException();

        message = message[sizeof(int)..];
        return number;
    }
}
