using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GameImages.Browser.Tests.Images;

/// <summary>Files that are a picture and a script, opened in a browser in every way that could run them.</summary>
internal sealed class PolyglotTests : BrowserTests
{
    private static IEnumerable<string> InMetadata => Polyglots.InMetadata.Keys;

    private static IEnumerable<string> InPicture => Polyglots.InPicture.Keys;

    private static IEnumerable<string> NoPicture => Polyglots.NoPicture.Keys;

    [TestCaseSource(nameof(InMetadata))]
    public async Task A_script_that_is_no_part_of_the_picture_is_not_stored(string place)
    {
        var url = await StoreAsync(Polyglots.InMetadata[place].Bytes);
        var stored = await Anybody.GetByteArrayAsync(url);

        Assert.That(Encoding.Latin1.GetString(stored), Does.Not.Contain(Polyglots.Script));
        Assert.That(await CountScriptsAsync(url), Is.Zero);
    }

    [TestCaseSource(nameof(InPicture))]
    public async Task A_script_that_is_part_of_the_picture_does_not_run(string place) =>
        Assert.That(await CountScriptsAsync(await StoreAsync(Polyglots.InPicture[place].Bytes)), Is.Zero);

    // Else the count of the others would say nothing.
    [TestCaseSource(nameof(InMetadata))]
    [TestCaseSource(nameof(InPicture))]
    public async Task The_same_file_runs_where_it_is_served_as_a_script(string place)
    {
        var (bytes, scriptType) = Polyglots.InMetadata.GetValueOrDefault(place) ?? Polyglots.InPicture[place];
        Assert.That(await CountScriptsAsync(Elsewhere.Serve(bytes, scriptType)), Is.Positive);
    }

    [TestCaseSource(nameof(NoPicture))]
    public async Task What_is_no_picture_is_refused_under_any_name(string content)
    {
        var before = await RowsAsync();
        var form = Form();
        form.Add(
            new ByteArrayContent(Polyglots.NoPicture[content]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } },
            "thumbnail",
            "picture.png");
        using var response = await Member.PostAsync("/api/v1/games", form);

        Assert.That(response.StatusCode, Is.AnyOf(HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    /// <summary>Opens it on its own, and on a page of another origin as everything that a page may take it for.</summary>
    private async Task<int> CountScriptsAsync(string url)
    {
        var scripts = 0;
        var page = await Context.NewPageAsync();
        page.Console += (_, message) => scripts += message.Text == Polyglots.Canary ? 1 : 0;

        await page.GotoAsync(url);
        await page.GotoAsync(Elsewhere.Serve(
            $"""
            <!doctype html>
            <img src="{url}"><iframe src="{url}"></iframe><link rel="stylesheet" href="{url}">
            <object data="{url}"></object><object data="{url}" type="text/html"></object><embed src="{url}"><embed src="{url}" type="text/html">
            <script src="{url}"></script><script src="{url}" charset="iso-8859-1"></script><script type="module" src="{url}"></script>
            """));

        // What comes after the scripts is heard after them.
        await page.RunAndWaitForConsoleMessageAsync(
            () => page.EvaluateAsync("console.log('all')"),
            new() { Predicate = message => message.Text == "all" });
        await page.CloseAsync();
        return scripts;
    }
}
