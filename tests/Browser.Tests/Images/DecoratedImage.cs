using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>An image with something added to its pixels.</summary>
/// <param name="With">What was added.</param>
/// <param name="IsSeen">Whether the addition changes how the image looks.</param>
internal sealed record DecoratedImage(string With, byte[] Bytes, bool IsSeen);

/// <summary>An image that has only pixels, and the same image with additions.</summary>
internal sealed record ImageSample(ImageFormat Format, byte[] Plain, IReadOnlyList<DecoratedImage> Decorated);
