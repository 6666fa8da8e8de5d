using GameImages.Domain.Images;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests.Images;

/// <summary>Paints images in a browser, and describes how files look there.</summary>
internal sealed class BrowserImages
{
    public const int Width = 50;
    public const int Height = 34;

    private readonly IPage page;

    private BrowserImages(IPage page) => this.page = page;

    public static async Task<BrowserImages> CreateAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "Images", "browserImages.js") });
        return new(page);
    }

    /// <param name="quality">0 to 1; a WebP of quality 1 is lossless.</param>
    public async Task<byte[]> PaintAsync(ImageFormat format, double quality = 0.9, int seed = 1) =>
        Convert.FromBase64String(
            await page.EvaluateAsync<string>("args => paint(...args)", new object[] { Width, Height, seed, format.MimeType, quality }));

    /// <returns>
    /// Lines with the size and the digests of the pixels and frames. A truncated file has fewer lines, and a file that is not shown has
    /// none.
    /// </returns>
    public Task<string[]> LookAsync(string url, ImageFormat format) =>
        page.EvaluateAsync<string[]>("args => look(...args)", new object[] { url, format.MimeType });
}
