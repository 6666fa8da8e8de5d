using GameImages.Domain.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>A picture with something besides its pixels.</summary>
/// <param name="IsSeen">It looks different from the picture without it.</param>
internal sealed record Decorated(string With, byte[] Bytes, bool IsSeen);

/// <summary>A picture without anything else, and the same one with it.</summary>
internal sealed record Subject(ImageFormat Format, byte[] Plain, IReadOnlyList<Decorated> Decorated);
