using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a sections 20 to 23: images, each with its own rectangle and perhaps a graphic control before it.</summary>
internal sealed class GifFrames(Canvas canvas)
{
    private readonly GifPixels pixels = new();

    /// <summary>The first says how often the animation runs; more of them say nothing.</summary>
    public bool HasLoop { get; set; }

    /// <summary>The graphic control that the next image is to have: the last one before it counts.</summary>
    public byte[]? Control { get; set; }

    /// <summary>Goes on after the image separator.</summary>
    public void Read(ref ByteReader input, CleanCopy output)
    {
        var start = input.Position - 1;
        var descriptor = input.Take(9, "an image descriptor");
        var width = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[4..]);
        var height = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[6..]);
        canvas.AddFrame(
            BinaryPrimitives.ReadUInt16LittleEndian(descriptor),
            BinaryPrimitives.ReadUInt16LittleEndian(descriptor[2..]),
            width,
            height,
            start);
        Gif.TakeColors(ref input, descriptor[8]);

        var codeSizeAt = input.Position;
        var codeSize = input.TakeByte("an image's code size");

        if (codeSize is < 1 or > 8)
            throw ImageRefusedException.Malformed($"An image's code size is {codeSize}; it may be 1 to 8", codeSizeAt);

        if (Control is not null)
            output.Append([GifExtension.Introducer, GifExtension.GraphicControl, (byte)Control.Length, .. Control, 0]);

        Control = null;
        output.Append(input[start..input.Position]);
        pixels.Start(codeSize, width * height);
        ReadData(ref input, output);

        if (!pixels.AreComplete)
            throw ImageRefusedException.Malformed("An image's data is not enough for its pixels, or no LZW code", input.Position);
    }

    // The file may end within the last image, as long as the pixels are all there.
    private void ReadData(ref ByteReader input, CleanCopy output)
    {
        while (!input.AtEnd)
        {
            var length = input.TakeByte("a sub-block");

            if (length == 0)
                break;

            var block = input.Take(Math.Min(length, input.Rest.Length), "a sub-block");

            // After its end code, the data is nothing that a decoder reads.
            if (!pixels.HaveEnded && block.Length > 0)
            {
                output.Append([(byte)block.Length]);
                output.Append(block);
                pixels.Add(block);
            }
        }

        output.Append([0]);
    }
}
