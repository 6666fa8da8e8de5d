using System.IO.Compression;
using System.Text;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>An image that is also a script.</summary>
/// <param name="ScriptType">The MIME type under which a browser runs it.</param>
internal sealed record Polyglot(byte[] Bytes, string ScriptType = "text/html");

internal static class Polyglots
{
    public const string Canary = "canary";
    public const string Script = $"console.log('{Canary}')";
    public const string Html = $"<script>{Script}</script>";

    private static readonly byte[] Markup = Encoding.ASCII.GetBytes(Html);

    /// <summary>Images with a script that cleaning removes, by the place of the script.</summary>
    public static readonly IReadOnlyDictionary<string, Polyglot> InMetadata = new Dictionary<string, Polyglot>
    {
        ["HTML in a JPEG's comment"] = new(SmallJpeg.With(SmallJpeg.Segment(0xFE, Markup))),
        ["HTML in a JPEG's EXIF"] = new(SmallJpeg.With(SmallJpeg.Exif(Tiff.Of(6, Html)))),
        ["HTML in a JPEG's XMP"] = new(SmallJpeg.With(SmallJpeg.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Markup]))),
        ["HTML between a JPEG's segments"] = new(SmallJpeg.With(Markup)),
        ["HTML after a JPEG"] = new([.. SmallJpeg.Plain, .. Markup]),
        ["HTML in a ZIP after a JPEG"] = new([.. SmallJpeg.Plain, .. Zip()]),
        ["HTML in a PNG's text"] = new(SmallPng.With(SmallPng.Chunk("tEXt", [.. "Comment\0"u8, .. Markup]))),
        ["HTML in a PNG's XMP"] = new(SmallPng.With(SmallPng.Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0x-default\0\0"u8, .. Markup]))),
        ["HTML in a PNG's unknown chunk"] = new(SmallPng.With(SmallPng.Chunk("gaMe", Markup))),
        ["HTML in the name of a PNG's profile"] = new(
            SmallPng.With(SmallPng.Chunk("iCCP", [.. Markup, 0, 0, .. SmallPng.Compress(ColorProfile.Of())]))),
        ["HTML after a PNG"] = new([.. SmallPng.Plain, .. Markup]),
        ["HTML in a GIF's comment"] = new(SmallGif.With(SmallGif.Comment(Html), SmallGif.Frame)),
        ["HTML after a GIF"] = new([.. SmallGif.Plain, .. Markup]),
        ["HTML in a WebP's XMP"] = new(
            SmallWebP.Of(SmallWebP.Extended(SmallWebP.XmpFlag), SmallWebP.Lossy, SmallWebP.Chunk("XMP ", Markup))),
        ["HTML in a WebP's unknown chunk"] = new(SmallWebP.Of(SmallWebP.Lossy, SmallWebP.Chunk("GAME", Markup))),
        ["HTML after a WebP"] = new([.. SmallWebP.Plain, .. Markup]),
        ["a script around a GIF"] = ScriptAroundGif(),
        ["a script around a JPEG"] = ScriptAroundJpeg(),
    };

    /// <summary>Images with a script that cleaning must keep, since it changes how the image looks, by the place of the script.</summary>
    public static readonly IReadOnlyDictionary<string, Polyglot> InPixels = new Dictionary<string, Polyglot>
    {
        ["HTML in a PNG's palette"] = new(
            SmallPng.Of(
                SmallPng.HeaderOf(1, 1, colorType: 3),
                SmallPng.Chunk("PLTE", [.. Markup, 0]),
                SmallPng.Chunk("IDAT", SmallPng.Compress([0, 0])),
                SmallPng.End)),
        ["HTML in a GIF's palette"] = new([
            .. "GIF89a"u8, 2, 0, 2, 0, 0x83, 0, 0, .. Markup, .. new byte[48 - Markup.Length], .. SmallGif.Frame, .. SmallGif.Trailer,
        ]),
        ["HTML in a JPEG's profile"] = new(
            SmallJpeg.With(SmallJpeg.Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. ColorProfile.Of(Html)]))),
    };

    /// <summary>Files in none of the four formats, or that break the rules of the format.</summary>
    public static readonly IReadOnlyDictionary<string, byte[]> NotImages = new Dictionary<string, byte[]>
    {
        ["HTML"] = [.. "<!doctype html>"u8, .. Markup],
        ["SVG"] = [.. "<svg xmlns='http://www.w3.org/2000/svg'>"u8, .. Markup, .. "</svg>"u8],
        ["MVG"] = [.. "push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://127.0.0.1/\"|id\")'\npop graphic-context\n"u8],
        ["PDF"] = [.. "%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"u8],
        ["a script that starts like a GIF"] = [.. "GIF89a/*"u8, .. new byte[40], .. "*/=1;"u8, .. Encoding.ASCII.GetBytes(Script)],
        ["HTML that starts like a JPEG"] = [0xFF, 0xD8, 0xFF, .. Markup],
        ["HTML that starts like a PNG"] = [.. SmallPng.Signature, .. Markup],
        ["HTML that starts like a WebP"] = [.. "RIFF"u8, .. SmallWebP.LittleEndian((uint)Markup.Length + 4), .. "WEBP"u8, .. Markup],
    };

    // GIF89a=1/*…*/;…//…: the width is "=" and a tab, the height is "1" and a line feed, and "/*" means that there is no palette.
    private static Polyglot ScriptAroundGif() =>
        new([.. "GIF89a=\t1\n/*\0"u8, .. SmallGif.Frame, .. SmallGif.Comment($"*/;{Script}//"), .. SmallGif.Trailer], "text/javascript");

    // ÿØÿà/*…*/=1;…/*…*/: in Latin-1 the first markers are letters, and the length of the first segment starts a comment.
    private static Polyglot ScriptAroundJpeg()
    {
        var first = SmallJpeg.Segment(0xE0, [.. SmallJpeg.Density[4..], .. new byte[0x2F2A - SmallJpeg.Density.Length + 2]]);
        var comment = SmallJpeg.Segment(0xFE, Encoding.ASCII.GetBytes($"*/=1;{Script}/*"));
        return new(
            [
                .. SmallJpeg.Start, .. first, .. comment, .. SmallJpeg.Quantization, .. SmallJpeg.Frame, .. SmallJpeg.Huffman,
                .. SmallJpeg.Scan, .. SmallJpeg.End, .. "*/"u8,
            ],
            "text/javascript; charset=iso-8859-1");
    }

    private static byte[] Zip()
    {
        var zip = new MemoryStream();

        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("page.html", CompressionLevel.NoCompression).Open())
            entry.Write(Markup);

        return zip.ToArray();
    }
}
