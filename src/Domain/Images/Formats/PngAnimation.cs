using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG section 4.9 and 11.3.6: frames, whose chunks are numbered in one row from 0.</summary>
internal sealed class PngAnimation
{
    private readonly Canvas canvas;
    private readonly uint declared;
    private uint frames;
    private uint next;
    private bool awaitsData;

    public PngAnimation(PngChunk chunk, Canvas canvas)
    {
        chunk.CheckLength(8);
        declared = BinaryPrimitives.ReadUInt32BigEndian(chunk.Content);
        this.canvas = canvas;
    }

    public void Control(PngChunk chunk, bool afterImageData)
    {
        chunk.CheckLength(26);
        CheckNumber(chunk);
        CheckDataCame(chunk);

        var content = chunk.Content;
        var width = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(content[8..]);
        canvas.AddFrame(
            BinaryPrimitives.ReadUInt32BigEndian(content[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(content[16..]),
            width,
            height,
            chunk.Offset);

        if (!afterImageData && (width != canvas.Size.Width || height != canvas.Size.Height))
            throw chunk.Refuse("gives the first frame another size than the image");
        if (content[24] > 2 || content[25] > 1)
            throw chunk.Refuse("gives a way to draw the frame that does not exist");

        frames++;
        awaitsData = true;
    }

    public void Data(PngChunk chunk, bool afterImageData)
    {
        if (chunk.Content.Length <= 4)
            throw chunk.Refuse("is empty");
        if (!afterImageData || frames == 0)
            throw chunk.Refuse("comes before its frame");

        CheckNumber(chunk);
        awaitsData = false;
    }

    /// <returns>Whether the image data is the first frame, which it is after a frame control.</returns>
    public bool TakesImageData()
    {
        awaitsData = false;
        return frames == 1;
    }

    public void End(PngChunk chunk)
    {
        CheckDataCame(chunk);

        if (frames != declared)
            throw chunk.Refuse($"comes after {frames} frames; acTL promised {declared}");
    }

    private void CheckNumber(PngChunk chunk)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(chunk.Content) != next)
            throw chunk.Refuse($"is out of order: its number should be {next}");

        next++;
    }

    private void CheckDataCame(PngChunk chunk)
    {
        if (awaitsData)
            throw chunk.Refuse("comes before the data of the previous frame");
    }
}
