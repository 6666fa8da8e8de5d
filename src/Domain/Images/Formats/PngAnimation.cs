using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG sections 4.9 and 11.3.6: the frames of an animation. All chunks of frames are numbered from 0, in one sequence.</summary>
internal sealed class PngAnimation(Canvas canvas, CleanCopy output)
{
    private readonly PngDelays delays = new();
    private Range? early;
    private uint declared;
    private uint frames;
    private uint next;
    private uint written;
    private bool awaitsData;
    private bool isComplete;

    public bool IsAnimated => declared > 0;

    /// <summary>The size of the current frame.</summary>
    public ImageSize Frame { get; private set; }

    /// <summary>Adds the chunk acTL. Decoders ignore it after the image data, after another one, and if it has another length.</summary>
    public void Add(PngChunk chunk, ReadOnlySpan<byte> file)
    {
        if (IsAnimated || chunk.Content.Length != 8)
            return;

        declared = BinaryPrimitives.ReadUInt32BigEndian(chunk.Content);

        if (IsAnimated)
            output.Append(chunk.Whole);

        if (IsAnimated && early is { } range)
        {
            var input = new ByteReader(file).Within(range);
            AddFrame(PngChunk.Read(ref input), afterImageData: false);
        }
    }

    /// <summary>
    /// Adds the chunk fcTL. That of the first frame may come before acTL, and is then stored after it. If several do, decoders use the
    /// last one, but they count all.
    /// </summary>
    public void AddFrame(PngChunk chunk, bool afterImageData)
    {
        if (!IsAnimated)
        {
            if (afterImageData)
                return;
            if (early is not null)
                next++;

            early = PngChunk.WholeOf(chunk.ContentRange);
            return;
        }

        CheckPreviousFrame(chunk);
        isComplete = frames == declared;

        // Decoders stop after the number of frames that acTL states.
        if (isComplete)
            return;

        chunk.CheckLength(26);
        CheckNumber(chunk);

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
        Frame = new((int)width, (int)height);

        var clean = content[4..].ToArray();
        delays.Clean(clean.AsSpan(16, 4));
        WriteNumbered(PngChunk.FrameControl, clean);
    }

    /// <summary>Checks the chunk fdAT. Its content is written later, together with that of the chunks that follow it.</summary>
    /// <returns>Whether the chunk belongs to a frame.</returns>
    public bool AddData(PngChunk chunk, bool afterImageData, bool continues)
    {
        if (!IsAnimated || isComplete)
            return false;
        if (chunk.Content.Length < 4)
            throw chunk.Refuse("has no number");
        if (!afterImageData || frames == 0)
            throw chunk.Refuse("comes before the frame control");
        if (!awaitsData && !continues)
            throw chunk.Refuse("does not directly follow the other data of its frame");

        CheckNumber(chunk);
        awaitsData = false;
        return true;
    }

    /// <returns>Whether the image data is the first frame. It is if a frame control comes before it.</returns>
    public bool AddImageData()
    {
        awaitsData = false;
        return frames == 1;
    }

    public void WriteData(ReadOnlySpan<byte> content) => WriteNumbered(PngChunk.FrameData, content);

    public void Finish(PngChunk chunk)
    {
        CheckPreviousFrame(chunk);

        // An animation may have fewer frames than acTL states. Decoders show those that there are.
        if (IsAnimated && frames == 0)
            throw chunk.Refuse("comes before the first frame");
    }

    private void WriteNumbered(uint type, ReadOnlySpan<byte> content)
    {
        var numbered = new byte[4 + content.Length];
        BinaryPrimitives.WriteUInt32BigEndian(numbered, written++);
        content.CopyTo(numbered.AsSpan(4));
        PngChunk.Write(output, type, numbered);
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
