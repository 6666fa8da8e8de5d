using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a section 20: the rectangle of a frame, and flags.</summary>
internal readonly record struct GifDescriptor(int Left, int Top, int Width, int Height, byte Flags)
{
    public const byte Separator = 0x2C;
    public const int Length = 9;

    private const byte HasColors = 0x80;
    private const byte Interlaced = 0x40;
    private const byte ColorCount = 0x07;

    public int Right => Left + Width;

    public int Bottom => Top + Height;

    public bool IsInterlaced => (Flags & Interlaced) != 0;

    public static GifDescriptor Of(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        bytes[8]);

    /// <summary>The part of the frame that is in the image. It may be empty.</summary>
    public ImageSize VisibleIn(ImageSize image) =>
        new(Math.Clamp(image.Width - Left, 0, Width), Math.Clamp(image.Height - Top, 0, Height));

    /// <summary>Leaves out the flags that decoders ignore.</summary>
    public GifDescriptor Clean() =>
        this with { Flags = (byte)(Flags & ((Flags & HasColors) != 0 ? HasColors | Interlaced | ColorCount : Interlaced)) };

    public byte[] Write()
    {
        var bytes = new byte[1 + Length];
        bytes[0] = Separator;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(1), (ushort)Left);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(3), (ushort)Top);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(5), (ushort)Width);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(7), (ushort)Height);
        bytes[9] = Flags;
        return bytes;
    }
}
