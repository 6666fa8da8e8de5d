using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG sections 4.9 and 11.3.6: the frames of an animation. All chunks of frames are numbered from 0, in one sequence.</summary>
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

    public void AddFrame(PngChunk chunk, bool afterImageData)
    {
        chunk.CheckLength(26);
        CheckNumber(chunk);
        CheckPreviousFrame(chunk);

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
            throw chunk.Refuse("states another size for the first frame than for the image");
        if (content[24] > 2 || content[25] > 1)
            throw chunk.Refuse("states a dispose or blend method that does not exist");

        frames++;
        awaitsData = true;
    }

    public void AddFrameData(PngChunk chunk, bool afterImageData)
    {
        if (chunk.Content.Length <= 4)
            throw chunk.Refuse("is empty");
        if (!afterImageData || frames == 0)
            throw chunk.Refuse("comes before the frame control");

        CheckNumber(chunk);
        awaitsData = false;
    }

    /// <returns>Whether the image data is the first frame. It is if a frame control comes before it.</returns>
    public bool AddImageData()
    {
        awaitsData = false;
        return frames == 1;
    }

    public void Finish(PngChunk chunk)
    {
        CheckPreviousFrame(chunk);

        if (frames != declared)
            throw chunk.Refuse($"comes after {frames} frames; the chunk acTL states {declared}");
    }

    private void CheckNumber(PngChunk chunk)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(chunk.Content) != next)
            throw chunk.Refuse($"is out of order: its number must be {next}");

        next++;
    }

    private void CheckPreviousFrame(PngChunk chunk)
    {
        if (awaitsData)
            throw chunk.Refuse("comes before the data of the previous frame");
    }
}
