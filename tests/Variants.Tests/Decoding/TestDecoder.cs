using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>Decodes images in a child process, as the worker does.</summary>
internal static class TestDecoder
{
    /// <summary>The child of the worker. The tests have another host, so they name the assembly.</summary>
    public static readonly DecoderProgram Program = new("dotnet", typeof(DecoderProgram).Assembly.Location);

    public static VariantMaker Maker(DecoderProgram? program = null, TimeProvider? time = null) =>
        new(program ?? Program, time ?? TimeProvider.System);

    /// <summary>A shell script in place of the child. It says first that it has started, as the child does.</summary>
    public static DecoderProgram Script(string script) => new("sh", "-c", $"printf '\\001'; {script}");

    /// <summary>Decodes the bytes without the checks of an upload.</summary>
    public static Task<ImageVariants> DecodeAsync(byte[] bytes, params int[] widths) =>
        Maker().MakeAsync(ImageFormat.Recognize(bytes)!, bytes, widths, CancellationToken.None);

    /// <summary>Checks and cleans the bytes as an upload, and decodes the result.</summary>
    public static Task<ImageVariants> UploadAsync(byte[] bytes, params int[] widths)
    {
        var content = ImageContent.Read(bytes, new ImageLimits());
        return Maker().MakeAsync(content.Format, content.Bytes, widths, CancellationToken.None);
    }

    public static IEnumerable<string> Sizes(this ImageVariants made) =>
        made.Variants.Select(variant => $"{variant.Size.Width}x{variant.Size.Height}");
}
