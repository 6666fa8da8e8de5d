namespace GameImages.Domain.Images.Formats;

/// <summary>The area that the frames of a file are drawn on. It counts the frames and their pixels, and enforces the limits.</summary>
internal sealed class Canvas(ImageLimits limits)
{
    private long pixels;

    public ImageSize Size { get; private set; }

    public int Frames { get; private set; }

    public void SetSize(uint width, uint height, int offset)
    {
        if (width == 0 || height == 0)
            throw ImageRefusedException.Malformed($"The image is {width} x {height} pixels; each side must have at least 1", offset);

        CheckSides(width, height, offset);
        Size = new((int)width, (int)height);
    }

    /// <summary>Adds a frame that covers the whole canvas.</summary>
    public void AddFrame(int offset) => AddFrame(0, 0, (uint)Size.Width, (uint)Size.Height, offset);

    public void AddFrame(uint left, uint top, uint width, uint height, int offset)
    {
        if (width == 0 || height == 0)
            throw ImageRefusedException.Malformed($"A frame is {width} x {height} pixels; each side must have at least 1", offset);
        if ((long)left + width > Size.Width || (long)top + height > Size.Height)
            throw ImageRefusedException.Malformed($"A frame does not fit into the image of {Size.Width} x {Size.Height} pixels", offset);

        Count(width, height, offset);
    }

    /// <summary>
    /// Adds a frame that may have no pixels, or pixels outside the canvas. The limit of a side holds for the canvas and the frame
    /// together.
    /// </summary>
    public void AddLooseFrame(uint left, uint top, uint width, uint height, int offset)
    {
        CheckSides(left + width, top + height, offset);
        Count(width, height, offset);
    }

    /// <summary>
    /// Refuses a cleaned file that is too long. It may be longer than an upload, because many programs compress better than the service.
    /// </summary>
    public void CheckBytes(long bytes)
    {
        var most = 9L * limits.MaxBytes / 8;

        if (bytes > most)
            throw ImageRefusedException.TooManyCleanBytes(most);
    }

    private void CheckSides(uint width, uint height, int offset)
    {
        if (Math.Max(width, height) > limits.MaxSide)
            throw ImageRefusedException.Malformed($"The image is {width} x {height} pixels; a side has at most {limits.MaxSide}", offset);
    }

    private void Count(uint width, uint height, int offset)
    {
        if (++Frames > limits.MaxFrames)
            throw ImageRefusedException.Malformed($"The image has more than {limits.MaxFrames} frames", offset);

        pixels += (long)width * height;

        if (pixels > limits.MaxPixels)
            throw ImageRefusedException.Malformed($"The image has more than {limits.MaxPixels} pixels in all frames together", offset);
    }
}
