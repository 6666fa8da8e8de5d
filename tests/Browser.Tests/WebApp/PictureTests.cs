using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Browser.Tests.Images;
using GameImages.Testing;
using GameImages.Testing.Images;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameImages.Browser.Tests.WebApp;

internal sealed class PictureTests : WebAppTests
{
    private const int MaxBytes = 5 * 1024 * 1024;

    // Noise, which can hardly be compressed.
    private const string TakePhoto =
        """
        async ([width, height]) => {
          const canvas = new OffscreenCanvas(width, height);
          const context = canvas.getContext('2d');
          const photo = context.createImageData(width, height);
          for (let at = 0, noise = 1; at < photo.data.length; at++) {
            noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
            photo.data[at] = at % 4 < 3 ? noise >>> 24 : 255;
          }
          context.putImageData(photo, 0, 0);
          const file = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
          return new Uint8Array(await file.arrayBuffer()).toBase64();
        }
        """;

    // As Firefox does with privacy.resistFingerprinting: the pixels that are read from a canvas are changed.
    private const string AddNoise =
        """
        const draw = OffscreenCanvasRenderingContext2D.prototype.fillRect;
        const convert = OffscreenCanvas.prototype.convertToBlob;
        OffscreenCanvas.prototype.convertToBlob = function (options) {
          const context = this.getContext('2d');
          context.fillStyle = 'white';
          draw.call(context, 3, 3, 1, 1);
          return convert.call(this, options);
        };
        """;

    // As in older versions of Safari.
    private const string IgnoreOrientation =
        """
        const create = window.createImageBitmap;
        window.createImageBitmap = (source, options) => create(source, { ...options, imageOrientation: 'none' });
        """;

    private const string IsUpright =
        """
        async image => {
          await image.decode();
          const context = new OffscreenCanvas(1, 2).getContext('2d');
          context.drawImage(image, 0, 0, 1, 2);
          const [top, , , , bottom] = context.getImageData(0, 0, 1, 2).data;
          return top > 200 && bottom < 50;
        }
        """;

    // As translators of browsers do.
    private const string Translate =
        """
        () => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (texts.nextNode()) found.push(texts.currentNode);
          for (const text of found.filter(text => text.data.trim())) {
            const font = document.createElement('font');
            text.replaceWith(font);
            font.append(text.data);
          }
        }
        """;

    private const string Copy =
        """
        base64 => {
          const picture = new Blob([Uint8Array.fromBase64(base64)], { type: 'image/png' });
          return navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
        }
        """;

    private const string Drag =
        """
        base64 => {
          const drag = new DataTransfer();
          drag.items.add(new File([Uint8Array.fromBase64(base64)], 'dragged.png', { type: 'image/png' }));
          return drag;
        }
        """;

    private const string IsPrevented =
        "(target, { type, file }) => !target.dispatchEvent(new DragEvent(type, { dataTransfer: file, bubbles: true, cancelable: true }))";

    [Test]
    public async Task A_picture_can_be_pasted()
    {
        await OpenFormAsync("Pasted");
        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Page.EvaluateAsync(Copy, Convert.ToBase64String(Pictures.Png(1, 100)));
        await Button("Choose the thumbnail").FocusAsync();
        await Page.Keyboard.PressAsync("Control+V");
        await AssertShownAsync(Picture("Thumbnail in the preview"), 10);

        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Thumbnail of Pasted"), 10);
    }

    [Test]
    public async Task A_picture_can_be_dropped()
    {
        await OpenFormAsync("Dropped");
        var banner = Page.GetByRole(AriaRole.Group, new() { Name = "Banner" });
        var drag = new { dataTransfer = await DragAsync(Pictures.Png(2, 400)) };
        await banner.DispatchEventAsync("dragover", drag);
        await Expect(banner).ToHaveAttributeAsync("data-over", "true");
        await banner.DispatchEventAsync("drop", drag);
        await Expect(banner).ToHaveAttributeAsync("data-over", "false");
        await AssertShownAsync(Picture("Banner in the preview"), 20);

        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Banner of Dropped"), 20);
    }

    [Test]
    public async Task A_chosen_picture_is_saved_although_its_file_was_deleted()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, Pictures.Png(1, 100));
        await OpenFormAsync("Removed");
        await Page.Locator("input[type=file][aria-label=Thumbnail]").SetInputFilesAsync(file);
        await AssertShownAsync(Picture("Thumbnail in the preview"), 10);
        File.Delete(file);

        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture("Thumbnail of Removed"), 10);
    }

    [Test]
    public async Task A_picture_dropped_beside_a_field_does_not_replace_the_page()
    {
        await OpenFormAsync("Missed");
        await using var file = await DragAsync(Pictures.Png(3, 100));

        foreach (var type in new[] { "dragover", "drop" })
            Assert.That(await Field("Title").EvaluateAsync<bool>(IsPrevented, new { type, file }), type);
    }

    [Test]
    public async Task A_photo_with_too_many_bytes_is_scaled_down_on_request()
    {
        await OpenFormAsync("Photo");
        var photo = Convert.FromBase64String(await Page.EvaluateAsync<string>(TakePhoto, new[] { 2000, 1500 }));
        Assert.That(photo, Has.Length.GreaterThan(MaxBytes));
        var size = string.Create(CultureInfo.InvariantCulture, $"{photo.Length / 1024.0 / 1024:0.0} MiB");
        await ChooseAsync("Banner", photo, "photo.jpg");
        await Expect(Alert).ToContainTextAsync($"A picture may have at most 5.0 MiB. This one has 2000 × 1500 pixels and {size}.");

        await ScaleDownAsync($"Scaled down from 2000 × 1500 pixels, {size}, to photo.jpg");
        await SaveAsync("Photo", 2000);
    }

    [Test]
    public async Task A_panorama_with_too_many_pixels_is_scaled_down_on_request()
    {
        const int width = 10_000;
        const int height = 100;
        await OpenFormAsync("Panorama");
        var rows = SmallPng.Chunk("IDAT", SmallPng.Compress(new byte[height * (1 + 3 * width)]));
        var panorama = SmallPng.Of(SmallPng.HeaderOf(width, height), rows, SmallPng.End);
        var size = $"{Math.Ceiling(panorama.Length / 1024.0)} KiB";
        await ChooseAsync("Banner", panorama, "panorama.png");
        await Expect(Alert).ToContainTextAsync(
            $"The picture is 10000 × 100 pixels. Each side may have at most 4096. This one has 10000 × 100 pixels and {size}.");

        await ScaleDownAsync($"Scaled down from 10000 × 100 pixels, {size}, to panorama.png");
        await SaveAsync("Panorama", 4096);
    }

    [Test]
    public async Task A_browser_that_changes_pixels_does_not_scale_a_picture_down()
    {
        await Context.AddInitScriptAsync(AddNoise);
        await OpenFormAsync("Noise");
        await ChooseAsync("Banner", Wide(Enumerable.Repeat((byte)0, 3 * 5000)), "photo.png");
        await Button("Scale it down").ClickAsync();
        await Expect(Alert).ToContainTextAsync("This browser changes the pixels of pictures that it scales");
        await Expect(Picture("Banner in the preview")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_photo_that_its_EXIF_turns_is_upright_after_scaling_down()
    {
        // Orientation 6: the left side of the file is the top of the picture.
        var photo = Wide(Enumerable.Repeat((byte)255, 3 * 2500).Concat(new byte[3 * 2500]), SmallPng.Chunk("eXIf", Tiff.Of(6)));
        await Context.AddInitScriptAsync(IgnoreOrientation);
        await OpenFormAsync("Turned");
        await ChooseAsync("Banner", photo, "photo.png");
        await Button("Scale it down").ClickAsync();
        var report = new Regex(@"^Scaled down from 10 × 5000 pixels, .* to photo\.png, 8 × 4096 pixels");
        await Expect(Page.GetByText(report)).ToBeVisibleAsync();
        Assert.That(await Picture("Banner in the preview").EvaluateAsync<bool>(IsUpright), Is.True);
    }

    [Test]
    public async Task The_button_of_a_picture_changes_on_a_translated_page()
    {
        await OpenFormAsync("Translated");
        await Page.EvaluateAsync(Translate);
        await ChooseAsync("Banner", Pictures.Png(1, 100), "picture.png");
        await Expect(Button("Replace the banner")).ToBeVisibleAsync();
        await Expect(Button("Choose the banner")).ToHaveCountAsync(0);
    }

    [TestCase("picture.gif", "A GIF")]
    [TestCase("picture.webp", "An animation")]
    [TestCase("picture.png", "An animation")]
    public async Task An_animation_that_is_too_large_is_refused(string name, string what)
    {
        const int width = 5000;
        await OpenFormAsync("Animation");
        await ChooseAsync("Banner", Animation(name, width), name);

        await Expect(Alert).ToHaveTextAsync(
            $"The picture is {width} × 2 pixels. Each side may have at most 4096. "
            + $"{what} cannot be scaled down here. Choose a smaller one.");
        await Expect(Button("Scale it down")).ToHaveCountAsync(0);
        await Expect(Picture("Banner in the preview")).ToHaveCountAsync(0);
    }

    private static byte[] Animation(string name, ushort width) =>
        name switch
        {
            "picture.gif" =>
            [
                .. SmallGif.ScreenOf(width, 2), .. SmallGif.Control, .. SmallGif.Frame, .. SmallGif.Control, .. SmallGif.Frame,
                .. SmallGif.Trailer,
            ],
            "picture.webp" => SmallWebP.Of(
                SmallWebP.Extended(SmallWebP.AnimationFlag, width),
                SmallWebP.Animation,
                SmallWebP.Frame(SmallWebP.Lossy),
                SmallWebP.Frame(SmallWebP.Lossy)),
            _ => SmallPng.Of(
                SmallPng.HeaderOf(width, 2),
                SmallPng.AnimationControl(2),
                SmallPng.FrameControl(0, width, 2),
                SmallPng.Chunk("IDAT", SmallPng.Compress(new byte[2 * (1 + 3 * width)])),
                SmallPng.FrameControl(1),
                SmallPng.FrameData(2),
                SmallPng.End),
        };

    /// <summary>Creates a picture of 5000 x 10 pixels, which is too wide, from one row of pixels.</summary>
    private static byte[] Wide(IEnumerable<byte> row, params byte[][] chunks) => SmallPng.Of(
        [
            SmallPng.HeaderOf(5000, 10),
            .. chunks,
            SmallPng.Chunk("IDAT", SmallPng.Compress([.. Enumerable.Repeat(row.Prepend((byte)0), 10).SelectMany(bytes => bytes)])),
            SmallPng.End,
        ]);

    private Task<IJSHandle> DragAsync(byte[] picture) => Page.EvaluateHandleAsync(Drag, Convert.ToBase64String(picture));

    /// <param name="report">The start of the text that the form then shows.</param>
    private async Task ScaleDownAsync(string report)
    {
        await Button("Scale it down").ClickAsync();
        await Expect(Page.GetByText(new Regex($@"^{Regex.Escape(report)}, \d+ × \d+ pixels, [\d.]+ [KM]iB$"))).ToBeVisibleAsync();
    }

    private async Task SaveAsync(string title, int width)
    {
        await Button("Save").ClickAsync();
        await AssertShownAsync(Picture($"Banner of {title}"), width);

        var stored = await Database.SingleAsync<int>(
            "SELECT byte_length FROM game_images AS image JOIN game_sessions ON banner_image_id = image.id WHERE title = @title",
            new { title });
        Assert.That(stored, Is.LessThanOrEqualTo(MaxBytes));
    }
}
