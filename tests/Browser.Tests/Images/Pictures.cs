using GameImages.Domain.Images;
using Microsoft.Playwright;

namespace GameImages.Browser.Tests.Images;

/// <summary>Makes pictures in the browser, and says how files look there.</summary>
internal sealed class Pictures
{
    public const int Width = 50;
    public const int Height = 34;

    private readonly IPage page;

    private Pictures(IPage page) => this.page = page;

    public static async Task<Pictures> In(IPage page)
    {
        await page.AddScriptTagAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "Images", "pictures.js") });
        return new(page);
    }

    /// <param name="quality">0 to 1; a WebP of quality 1 is lossless.</param>
    public async Task<byte[]> PaintAsync(ImageFormat format, double quality = 0.9, int seed = 1) =>
        Convert.FromBase64String(
            await page.EvaluateAsync<string>("args => paint(...args)", new object[] { Width, Height, seed, format.MimeType, quality }));

    /// <returns>Lines of its size and the digests of its pixels and frames, which break off where the file does; none when it is not shown.</returns>
    public Task<string[]> LookAsync(string url, ImageFormat format) =>
        page.EvaluateAsync<string[]>("args => look(...args)", new object[] { url, format.MimeType });
}
