using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Tests.Games;
using GameImages.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>What one instance keeps in memory goes when the database changes, whoever changes it; and nothing is answered from memory while nobody hears of it.</summary>
public sealed class ImageChangesTests : DatabaseTests
{
    private const string Listening =
        "datname = current_database() AND query LIKE '%notify_image_change%' AND usename = 'gameimages_public'";

    private ServiceProvider services = null!;
    private Guid id;

    [SetUp]
    public async Task Store_a_picture()
    {
        // The listener of the test before may still be ending, and tests look for the only one.
        await Database.WaitUntilGoneAsync(Roles.Public);
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        id = await UseCases.SendAsync(new StoreImage(Pictures.Content(1)));
    }

    [TearDown]
    public async Task Dispose_of_the_services()
    {
        await services.DisposeAsync();
    }

    [TestCase("DELETE FROM game_images")]
    [TestCase("TRUNCATE game_images CASCADE")]
    [TestCase("UPDATE game_images SET quarantined_at = now()")]
    [TestCase("SET session_replication_role = replica; DELETE FROM game_images; RESET session_replication_role")]
    public async Task What_goes_is_forgotten(string change)
    {
        await using var instance = await StartAsync();
        await UntilItKeepsAsync(instance);

        await Database.ExecuteAsync(change);
        await instance.UntilAsync(images => Task.FromResult(images.FindCached(id, out _) is null));
        Assert.That(await instance.Images.FindAsync(id, withContent: false, default), Is.Null);
    }

    [Test]
    public async Task A_connection_that_is_cut_takes_all_that_was_kept_with_it_and_another_one_follows()
    {
        await using var instance = await StartAsync();
        await UntilItKeepsAsync(instance);

        // In this order it cannot be heard of.
        await Database.ExecuteAsync(
            $"ALTER TABLE game_images DISABLE TRIGGER notify_image_change; DELETE FROM game_images; ALTER TABLE game_images ENABLE ALWAYS TRIGGER notify_image_change; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {Listening}"
        );
        await instance.UntilAsync(_ =>
            Task.FromResult(instance.Log.EndsWith("Information: Pictures are kept in memory again.\n", StringComparison.Ordinal)));
        Assert.That(instance.Images.FindCached(id, out _), Is.Null);
        Assert.That(instance.Log, Does.StartWith("Warning: Pictures are kept in memory for less than a second"));
    }

    [Test]
    public async Task A_server_that_falls_silent_ends_the_trust_in_what_is_kept()
    {
        if (!TestServer.IsLocal)
            Prerequisite.Missing("This test stops a process of the server, which it cannot do in a container.");

        await using var instance = await StartAsync();
        await UntilItKeepsAsync(instance);
        var listener = await Database.SingleAsync<int>($"SELECT pid FROM pg_stat_activity WHERE {Listening}");

        try
        {
            await SignalAsync("STOP", listener);
            var deleted = Stopwatch.StartNew();
            await Database.ExecuteAsync("DELETE FROM game_images");

            // Answered from memory until then, so that it is the silence that ends it.
            while (instance.Images.FindCached(id, out _) is not null)
                Assert.That(deleted.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
        }
        finally
        {
            await SignalAsync("CONT", listener);
        }
    }

    [TestCase("ALTER TABLE game_images DISABLE TRIGGER notify_image_change")]
    [TestCase("DROP TRIGGER notify_image_truncation ON game_images")]
    public async Task What_the_database_would_not_tell_is_noticed_within_a_second(string change)
    {
        await using var instance = await StartAsync();
        await Database.ExecuteAsync(change);
        await instance.UntilAsync(_ => Task.FromResult(instance.Log.Contains("triggers", StringComparison.Ordinal)));

        await IsGoneWithinASecondAsync(instance);
    }

    [Category("Process")]
    [Test]
    public async Task So_it_is_behind_a_pooler_that_passes_no_notifications_on()
    {
        if (!PgBouncer.IsInstalled)
            Prerequisite.Missing("PgBouncer is not installed.");

        using var pooler = await PgBouncer.StartAsync(Database, Roles.Public);
        await using var instance = await StartAsync(pooler.ConnectionString);
        await instance.UntilAsync(_ => Task.FromResult(instance.Log.Contains("pooler", StringComparison.Ordinal)));

        await IsGoneWithinASecondAsync(instance);
    }

    [Test]
    public async Task What_is_heard_just_before_the_next_question_does_not_keep_it_from_being_asked()
    {
        var time = new FakeTime();
        await using var instance = await StartAsync(time: time);
        await UntilItKeepsAsync(instance);

        // In most rounds the notification comes before the wait of a quarter of a second is over by itself.
        for (var round = 0; round < 5; round++)
        {
            time.Advance(TimeSpan.FromMilliseconds(249.5));
            var heard = await Database.SingleAsync<DateTime>(
                $"SELECT clock_timestamp() FROM pg_notify('{V0005_NotifyImageChanges.Channel}', '{Guid.Empty}')");
            await instance.UntilAsync(_ =>
                Database.SingleAsync<bool>($"SELECT query_start > @heard FROM pg_stat_activity WHERE {Listening}", new { heard }));
        }
    }

    private async Task IsGoneWithinASecondAsync(Instance instance)
    {
        Assert.That(await instance.Images.FindAsync(id, withContent: true, default), Is.Not.Null);
        await Database.ExecuteAsync("DELETE FROM game_images");

        for (var deleted = Stopwatch.StartNew(); await instance.Images.FindAsync(id, withContent: true, default) is not null;)
            Assert.That(deleted.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    // What it kept before it listened, it has forgotten.
    private async Task UntilItKeepsAsync(Instance instance)
    {
        await instance.UntilAsync(async _ =>
            await Database.SingleAsync<int>($"SELECT count(*)::int FROM pg_stat_activity WHERE {Listening}") == 1);
        await instance.Images.FindAsync(id, withContent: true, default);
        Assert.That(instance.Images.FindCached(id, out _), Is.Not.Null);
    }

    private async Task<Instance> StartAsync(string? connectionString = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var source = new PublicDatabase(NpgsqlDataSource.Create(connectionString ?? Database.ConnectionString(Roles.Public)));
        var images = new PublicImages(
            source, new RetryPipeline(TimeProvider.System), time, services.GetRequiredService<IMeterFactory>(), cacheBytes: 1024 * 1024);
        var instance = new Instance(source, new(source.Source), time, images);
        await instance.StartAsync();
        return instance;
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
        Assert.That(kill.ExitCode, Is.Zero);
    }

    private sealed class Instance : ILogger<ImageChangeListener>, IAsyncDisposable
    {
        private readonly StringBuilder log = new();
        private readonly PublicDatabase source;
        private readonly ImageChangeListener changes;

        public Instance(PublicDatabase source, ChangesDatabase listening, TimeProvider time, PublicImages images) =>
            (this.source, Images, changes) = (source, images, new(listening, images, time, this));

        public PublicImages Images { get; }

        public string Log
        {
            get
            {
                lock (log)
                    return log.ToString();
            }
        }

        public Task StartAsync() => changes.StartAsync(CancellationToken.None);

        /// <summary>Asks again and again, for half a minute at most.</summary>
        public async Task UntilAsync(Func<PublicImages, Task<bool>> isReached)
        {
            for (var waited = Stopwatch.StartNew(); !await isReached(Images); await Task.Yield())
                Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), Log);
        }

        public async ValueTask DisposeAsync()
        {
            await changes.StopAsync(CancellationToken.None);
            changes.Dispose();
            await source.Source.DisposeAsync();
        }

        IDisposable? ILogger.BeginScope<TState>(TState state) => null;

        bool ILogger.IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (log)
                log.Append(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)}\n");
        }
    }
}
