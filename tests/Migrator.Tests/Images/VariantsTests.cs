using System.Text.Json;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

/// <summary>gameimages variants list, retry and rebuild, and what show and stats say about variants.</summary>
public sealed class VariantsTests : DatabaseTests
{
    private const string Nobody = "7f0e1de4-3c1b-4f2c-9a0e-0123456789ab";

    private Guid made;
    private Guid refused;
    private Guid waiting;

    [SetUp]
    public async Task Store_three_images()
    {
        made = await StoreAsync(1);
        refused = await StoreAsync(2);
        waiting = await StoreAsync(3);
        await Database.ExecuteAsync(
            """
            SELECT store_variants(@made, 4000, 3000, '\x0102030405', x'3f7acc'::int, ARRAY[320, 160], ARRAY[240, 120],
                ARRAY['\x0102'::bytea, '\x03'::bytea]);
            SELECT refuse_variants(@refused, E'broken\npixels');
            """,
            new { made, refused });
    }

    [Test]
    public async Task List_prints_the_state_of_all_variants_and_the_reasons_of_refusals()
    {
        var (exitCode, output, error) = await RunAsync("variants", "list");

        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(
            output,
            Does.StartWith("2 variants of 1 image, 3 bytes.\n1 image to make variants of, the oldest since ")
                .And.Match($"\nREFUSED +FORMAT +BYTES +STORED +REASON *\n{refused} +image/png .+ broken pixels$"));
    }

    [Test]
    public async Task List_prints_one_json_document()
    {
        var list = JsonDocument.Parse((await RunAsync("variants", "list", "--json")).Output).RootElement;
        var image = list.GetProperty("refused").EnumerateArray().Single();

        Assert.Multiple(() =>
        {
            Assert.That(list.GetProperty("waiting").GetInt64(), Is.EqualTo(1));
            Assert.That(list.GetProperty("waiting_since").GetDateTime(), Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(10)));
            Assert.That(list.GetProperty("made").GetInt64(), Is.EqualTo(1));
            Assert.That(list.GetProperty("variants").GetInt64(), Is.EqualTo(2));
            Assert.That(list.GetProperty("bytes").GetInt64(), Is.EqualTo(3));
            Assert.That(list.GetProperty("total_refused").GetInt64(), Is.EqualTo(1));
            Assert.That(image.GetProperty("image_id").GetGuid(), Is.EqualTo(refused));
            Assert.That(image.GetProperty("reason").GetString(), Is.EqualTo("broken\npixels"));
        });
    }

    [Test]
    public async Task A_shortened_list_says_how_many_images_were_refused()
    {
        await Database.ExecuteAsync("SELECT refuse_variants(@waiting, 'too large')", new { waiting });
        var (_, output, _) = await RunAsync("variants", "list", "--limit", "1");

        Assert.That(
            output,
            Does.Contain("\nNo image waits for its variants.\n").And.EndWith("2 images. The oldest 1 are listed.")
                .And.Not.Contain("too large"));
    }

    [Test]
    public async Task Retry_lets_a_refused_image_wait_again()
    {
        Assert.That(await RunAsync("variants", "retry", $"{refused}"), Is.EqualTo((0, "To try again: 1 image.", "")));
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { refused, waiting }));
        Assert.That((await RunAsync("variants", "retry", "--all")).Output, Is.EqualTo("To try again: 0 images."));
    }

    [Test]
    public async Task Rebuild_lets_all_images_wait_again()
    {
        var (exitCode, output, _) = await RunAsync("variants", "rebuild", "--all", "--json");

        Assert.That((exitCode, JsonDocument.Parse(output).RootElement.GetProperty("images").GetInt64()), Is.EqualTo((0, 2)));
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { made, refused, waiting }));
    }

    [TestCase("retry", $"There is no image {Nobody} whose variants were refused.", Nobody)]
    [TestCase("rebuild", $"There is no image {Nobody}, or it waits for its variants already.", Nobody)]
    [TestCase("retry", "Name one image, or add --all.")]
    [TestCase("rebuild", "Name one image, or add --all.", Nobody, "--all")]
    [TestCase("retry", "{7f0e} is not the id of an image. See gameimages variants retry --help.", "{7f0e}")]
    public async Task A_wrong_image_returns_2_and_changes_nothing(string command, string reason, params string[] arguments)
    {
        Assert.That(await RunAsync(["variants", command, .. arguments]), Is.EqualTo((2, "", $"gameimages: {reason}")));
        Assert.That(await WaitingAsync(), Is.EqualTo(new[] { waiting }));
    }

    [Test]
    public async Task An_older_schema_is_refused()
    {
        await using var older = await TestDatabase.CreateAsync(schemaVersion: 12);
        var (exitCode, output, error) = await CommandLine.RunAsync(older, "variants", "list");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("version 12").And.Contain("gameimages up"));
    }

    [Test]
    public async Task Show_prints_how_an_image_is_shown_and_its_variants()
    {
        var (_, output, _) = await RunAsync("show", $"{made}");
        Assert.That(
            output,
            Does.Match(@"\nshown as +4000 x 3000 pixels *\n").And.Match(@"\ncolor +#3f7acc *\n")
                .And.Match(@"\nvariants +160, 320 pixels wide *\n"));

        var image = JsonDocument.Parse((await RunAsync("show", $"{made}", "--json")).Output).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(image.GetProperty("shown_width").GetInt32(), Is.EqualTo(4000));
            Assert.That(image.GetProperty("dominant_color").GetString(), Is.EqualTo("#3f7acc"));
            Assert.That(image.GetProperty("has_placeholder").GetBoolean());
            Assert.That(
                image.GetProperty("variant_widths").EnumerateArray().Select(width => width.GetInt32()),
                Is.EqualTo(new[] { 160, 320 }));
        });
    }

    [Test]
    public async Task Show_prints_why_an_image_has_no_variants()
    {
        Assert.That((await RunAsync("show", $"{refused}")).Output, Does.Match(@"\nvariants +refused: broken pixels *\n"));
        Assert.That((await RunAsync("show", $"{waiting}")).Output, Does.Match(@"\nvariants +not made yet *\n"));

        await Database.ExecuteAsync("DELETE FROM image_variants");
        Assert.That((await RunAsync("show", $"{made}")).Output, Does.Match(@"\nvariants +none needed *\n"));
    }

    [Test]
    public async Task Stats_prints_the_number_and_the_bytes_of_variants()
    {
        Assert.That((await RunAsync("stats")).Output, Does.Contain("\n2 variants, 3 bytes.\n"));

        var stats = JsonDocument.Parse((await RunAsync("stats", "--json")).Output).RootElement;
        Assert.That(stats.GetProperty("variants").GetInt64(), Is.EqualTo(2));
        Assert.That(stats.GetProperty("variant_bytes").GetInt64(), Is.EqualTo(3));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(Database, arguments);

    private async Task<Guid> StoreAsync(int number) => (await UseCases.CreateGameAsync(Pictures.Content(number))).ThumbnailId!.Value;

    private Task<List<Guid>> WaitingAsync() => Database.QueryAsync<Guid>("SELECT id FROM images_without_variants ORDER BY created_at");
}
