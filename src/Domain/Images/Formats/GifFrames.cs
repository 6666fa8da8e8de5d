using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a sections 20 to 23: the frames. Each has its own rectangle, and may have a graphic control before it.</summary>
internal sealed class GifFrames(Canvas canvas)
{
    private readonly GifPixelCounter pixels = new();

    /// <summary>A loop extension has been read. Decoders use the first one only.</summary>
    public bool HasLoop { get; set; }

    /// <summary>The graphic control of the next frame. Decoders use the last one before the frame.</summary>
    public byte[]? Control { get; set; }

    /// <summary>Reads a frame. The image separator has been read already.</summary>
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
        var codeSize = input.TakeByte("the code size of a frame");

        if (codeSize is < 1 or > 8)
            throw ImageRefusedException.Malformed($"The code size of a frame is {codeSize}; it must be 1 to 8", codeSizeAt);

        if (Control is not null)
            output.Append([GifExtension.Introducer, GifExtension.GraphicControl, (byte)Control.Length, .. Control, 0]);

        Control = null;
        output.Append(input[start..input.Position]);
        pixels.Start(codeSize, width * height);
        ReadData(ref input, output);

        if (!pixels.IsComplete)
            throw ImageRefusedException.Malformed("The data of a frame has invalid LZW codes, or too few for its pixels", input.Position);
    }

    // The file may end before the last frame does, if all pixels are there.
    private void ReadData(ref ByteReader input, CleanCopy output)
    {
        while (!input.AtEnd)
        {
            var length = input.TakeByte("a sub-block");

            if (length == 0)
                break;

            var block = input.Take(Math.Min(length, input.Rest.Length), "a sub-block");

            // Decoders read no data after the end code.
            if (!pixels.HasEnded && block.Length > 0)
            {
                output.Append([(byte)block.Length]);
                output.Append(block);
                pixels.Add(block);
            }
        }

        output.Append([0]);
    }
}
