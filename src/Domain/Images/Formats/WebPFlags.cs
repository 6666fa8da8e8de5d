namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7: the flags of the chunk VP8X. They announce what the file contains.</summary>
[Flags]
internal enum WebPFlags : byte
{
    None = 0,
    Animation = 0x02,
    Xmp = 0x04,
    Exif = 0x08,
    Alpha = 0x10,
    Profile = 0x20,
    All = Animation | Xmp | Exif | Alpha | Profile,
}
