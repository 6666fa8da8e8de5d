namespace GameImages.Domain.Images.Formats;

/// <summary>The area that a file's frames are drawn on, and how much of the limits they have used up.</summary>
internal sealed class Canvas(ImageLimits limits)
{
    private long pixels;

    public ImageSize Size { get; private set; }

    public int Frames { get; private set; }

    public void SetSize(uint width, uint height, int offset)
    {
        if (width == 0 || height == 0)
            throw ImageRefusedException.Malformed($"The image is {width} x {height} pixels, which is nothing to see", offset);
        if (Math.Max(width, height) > limits.MaxSide)
            throw ImageRefusedException.Malformed($"The image is {width} x {height} pixels; a side has at most {limits.MaxSide}", offset);

        Size = new((int)width, (int)height);
    }

    /// <summary>A frame that covers the whole canvas.</summary>
    public void AddFrame(int offset) => AddFrame(0, 0, (uint)Size.Width, (uint)Size.Height, offset);

    public void AddFrame(uint left, uint top, uint width, uint height, int offset)
    {
        if (width == 0 || height == 0)
            throw ImageRefusedException.Malformed($"A frame is {width} x {height} pixels, which is nothing to see", offset);
        if ((long)left + width > Size.Width || (long)top + height > Size.Height)
            throw ImageRefusedException.Malformed($"A frame reaches beyond the image's {Size.Width} x {Size.Height} pixels", offset);
        if (++Frames > limits.MaxFrames)
            throw ImageRefusedException.Malformed($"The image has more than {limits.MaxFrames} frames", offset);

        pixels += (long)width * height;

        if (pixels > limits.MaxPixels)
            throw ImageRefusedException.Malformed($"The image has more than {limits.MaxPixels} pixels in all its frames", offset);
    }
}
