using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GameImages.Browser.Tests.Images;

/// <summary>Opens files that are both an image and a script in a browser, in every way that could run the script.</summary>
internal sealed class PolyglotTests : BrowserTests
{
    private static IEnumerable<string> InMetadata => Polyglots.InMetadata.Keys;

    private static IEnumerable<string> InPixels => Polyglots.InPixels.Keys;

    private static IEnumerable<string> NotImages => Polyglots.NotImages.Keys;

    [TestCaseSource(nameof(InMetadata))]
    public async Task A_script_in_the_metadata_is_not_stored(string place)
    {
        var url = await StoreAsync(Polyglots.InMetadata[place].Bytes);
        var stored = await Anybody.GetByteArrayAsync(url);

        Assert.That(Encoding.Latin1.GetString(stored), Does.Not.Contain(Polyglots.Script));
        Assert.That(await CountScriptsAsync(url), Is.Zero);
    }

    [TestCaseSource(nameof(InPixels))]
    public async Task A_script_in_the_pixels_does_not_run(string place) =>
        Assert.That(await CountScriptsAsync(await StoreAsync(Polyglots.InPixels[place].Bytes)), Is.Zero);

    // Proves that the other tests would count a script that runs.
    [TestCaseSource(nameof(InMetadata))]
    [TestCaseSource(nameof(InPixels))]
    public async Task The_same_file_runs_when_it_is_served_as_a_script(string place)
    {
        var (bytes, scriptType) = Polyglots.InMetadata.GetValueOrDefault(place) ?? Polyglots.InPixels[place];
        Assert.That(await CountScriptsAsync(OtherOrigin.Serve(bytes, scriptType)), Is.Positive);
    }

    [TestCaseSource(nameof(NotImages))]
    public async Task A_file_that_is_not_an_image_is_rejected_under_any_name(string content)
    {
        var before = await RowsAsync();
        var form = Form();
        form.Add(
            new ByteArrayContent(Polyglots.NotImages[content]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } },
            "thumbnail",
            "picture.png");
        using var response = await Member.PostAsync("/api/v1/games", form);

        Assert.That(response.StatusCode, Is.AnyOf(HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    /// <summary>Opens the file on its own, and on a page of another origin in every element that could run it.</summary>
    /// <returns>The number of scripts that ran.</returns>
    private async Task<int> CountScriptsAsync(string url)
    {
        var scripts = 0;
        var page = await Context.NewPageAsync();
        page.Console += (_, message) => scripts += message.Text == Polyglots.Canary ? 1 : 0;

        await page.GotoAsync(url);
        await page.GotoAsync(OtherOrigin.Serve(
            $"""
            <!doctype html>
            <img src="{url}"><iframe src="{url}"></iframe><link rel="stylesheet" href="{url}">
            <object data="{url}"></object><object data="{url}" type="text/html"></object>
            <embed src="{url}"><embed src="{url}" type="text/html">
            <script src="{url}"></script><script src="{url}" charset="iso-8859-1"></script><script type="module" src="{url}"></script>
            """));

        // The browser reports this message after those of the scripts.
        await page.RunAndWaitForConsoleMessageAsync(
            () => page.EvaluateAsync("console.log('all')"),
            new() { Predicate = message => message.Text == "all" });
        await page.CloseAsync();
        return scripts;
    }
}
