using GameImages.Application.Images;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Variants.Decoding;
using GameImages.Variants.Tests.Decoding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GameImages.Variants.Tests;

/// <summary>The worker records why an image gets no variants, and goes on with the next image.</summary>
[Category("Process")]
public sealed class VariantWorkerTests : DatabaseTests
{
    [TestCase("kill -SEGV $$", "The decoder was ended by signal 11.")]
    [TestCase("echo broken >&2; exit 1", "libvips cannot decode the image: broken")]
    [TestCase("echo something", "The decoder wrote something else than smaller copies of this image.")]
    public async Task A_decoder_that_fails_costs_one_image_each_and_is_not_tried_again(string script, string reason)
    {
        await WorkerImages.StoreAsync(UseCases, 1);
        await WorkerImages.StoreAsync(UseCases, 2);

        using (await StartAsync(TestDecoder.Script($"cat > /dev/null & {script}")))
            await WorkerImages.WaitUntilDoneAsync(Database);

        Assert.That(await RefusalsAsync(), Is.EqualTo(new[] { reason, reason }));
        Assert.That(await Database.SingleAsync<int>("SELECT count(*)::int FROM image_variants"), Is.Zero);
    }

    [Test]
    public async Task Damaged_bytes_are_not_decoded()
    {
        await WorkerImages.StoreAsync(UseCases, 1);
        await Database.ExecuteAsync("UPDATE game_images SET image_data = set_byte(image_data, 50, 255 - get_byte(image_data, 50))");

        using (await StartAsync(TestDecoder.Script("exit 5")))
            await WorkerImages.WaitUntilDoneAsync(Database);

        Assert.That(await RefusalsAsync(), Is.EqualTo(new[] { "The bytes differ from their hash. Run gameimages verify." }));
    }

    [Test]
    public async Task A_decoder_that_is_stopped_twice_for_one_image_does_not_stop_the_others()
    {
        await WorkerImages.StoreAsync(UseCases, 1);
        await WorkerImages.StoreAsync(UseCases, 2);

        using (await StartAsync(TestDecoder.Script("kill -TERM $$"), time: new ImmediateTime(TimeSpan.FromSeconds(5))))
            await WorkerImages.WaitUntilDoneAsync(Database);

        Assert.That(await RefusalsAsync(), Is.All.EqualTo("The decoder received signal 15.").And.Exactly(2).Items);
    }

    [Test]
    public async Task A_decoder_that_does_not_start_refuses_no_image()
    {
        await WorkerImages.StoreAsync(UseCases, 1);
        using var folder = new TemporaryFolder();
        var starts = folder.File("starts");
        using var third = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        using (await StartAsync(new("sh", "-c", $"echo >> {starts}; exit 150"), time: new ImmediateTime(TimeSpan.FromSeconds(5))))
        {
            while (!File.Exists(starts) || new FileInfo(starts).Length < 3)
            {
                third.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        Assert.That(await Database.SingleAsync<int>("SELECT count(*)::int FROM images_without_variants"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_worker_that_loses_the_database_goes_on_when_it_returns()
    {
        using var log = new RecordedLog();
        using var worker = await StartAsync(TestDecoder.Program, log);
        await WorkerImages.StoreAsync(UseCases, 1);
        await WorkerImages.WaitUntilDoneAsync(Database);

        await Database.ExecuteAsync($"ALTER ROLE {Roles.Variants} NOLOGIN");
        try
        {
            await Database.ExecuteAsync(
                $"""
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE usename = '{Roles.Variants}' AND datname = current_database()
                """);
            await WorkerImages.StoreAsync(UseCases, 2);
            await log.WaitAsync("Could not work on images.");
        }
        finally
        {
            await Database.ExecuteAsync($"ALTER ROLE {Roles.Variants} LOGIN");
        }

        await WorkerImages.WaitUntilDoneAsync(Database);
        Assert.That(await Database.QueryAsync<string>(WorkerImages.Incomplete), Is.Empty);
    }

    private Task<List<string>> RefusalsAsync() => Database.QueryAsync<string>("SELECT variants_refusal FROM game_images");

    private async Task<IHost> StartAsync(DecoderProgram decoder, RecordedLog? log = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Variants", Database.ConnectionString(Roles.Variants))]);
        if (log is not null)
            builder.Logging.AddProvider(log);

        builder.Services
            .AddSingleton(time ?? TimeProvider.System)
            .AddVariantBacklog(builder.Configuration, checkRole: true)
            .AddSingleton(VariantWidths.Default)
            .AddSingleton(TestDecoder.Maker(decoder))
            .AddHostedService<VariantWorker>();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
