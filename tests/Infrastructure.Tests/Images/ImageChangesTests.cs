using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>
/// The service removes an image from its cache when any program changes the image in the database. While it cannot receive the
/// notifications, it serves nothing from the cache.
/// </summary>
public sealed class ImageChangesTests : DatabaseTests
{
    private const string Listening =
        "datname = current_database() AND query LIKE '%notify_image_change%' AND usename = 'gameimages_public'";

    private ServiceProvider services = null!;
    private Guid id;

    [SetUp]
    public async Task Store_an_image()
    {
        // The listener of the previous test may still be ending. Each test expects that its own listener is the only one.
        await Database.WaitUntilGoneAsync(Roles.Public);
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        id = await UseCases.SendAsync(new StoreImage(Pictures.Content(1)));
    }

    [TearDown]
    public ValueTask Dispose_of_the_services() => services.DisposeAsync();

    [TestCase("DELETE FROM game_images")]
    [TestCase("TRUNCATE game_images CASCADE")]
    [TestCase("UPDATE game_images SET quarantined_at = now()")]
    [TestCase("SET session_replication_role = replica; DELETE FROM game_images; RESET session_replication_role")]
    public async Task A_deleted_or_quarantined_image_is_evicted(string change)
    {
        await using var instance = await StartAsync();
        await UntilItIsCachedAsync(instance);

        await Database.ExecuteAsync(change);
        await instance.UntilAsync(images => Task.FromResult(images.FindCached(new(id), out _) is null));
        Assert.That(await instance.Images.FindAsync(new(id), withContent: false, default), Is.Null);
    }

    [Test]
    public async Task A_lost_connection_clears_the_cache_and_a_new_connection_fills_it_again()
    {
        await using var instance = await StartAsync();
        await UntilItIsCachedAsync(instance);

        // The trigger is off while the image is deleted, so no notification is sent.
        await Database.ExecuteAsync(
            $"""
            ALTER TABLE game_images DISABLE TRIGGER notify_image_change;
            DELETE FROM game_images;
            ALTER TABLE game_images ENABLE ALWAYS TRIGGER notify_image_change;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {Listening}
            """);
        await instance.UntilAsync(_ =>
            Task.FromResult(instance.Log.EndsWith("Images stay in the cache again.\n", StringComparison.Ordinal)));
        Assert.That(instance.Images.FindCached(new(id), out _), Is.Null);
        Assert.That(instance.Log, Does.StartWith("Warning: Cannot listen for deleted images. "));
    }

    [Test]
    public async Task A_silent_server_ends_the_trust_period_of_the_cache()
    {
        if (!TestServer.IsLocal)
            Prerequisite.Missing("This test stops a process of the server, which it cannot do in a container.");

        await using var instance = await StartAsync();
        await UntilItIsCachedAsync(instance);
        var listener = await Database.SingleAsync<int>($"SELECT pid FROM pg_stat_activity WHERE {Listening}");

        try
        {
            await SignalAsync("STOP", listener);
            var deleted = Stopwatch.StartNew();
            await Database.ExecuteAsync("DELETE FROM game_images");

            // The cache serves the image until the trust period ends. Only the silence of the server ends it.
            while (instance.Images.FindCached(new(id), out _) is not null)
                Assert.That(deleted.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
        }
        finally
        {
            await SignalAsync("CONT", listener);
        }
    }

    [TestCase("ALTER TABLE game_images DISABLE TRIGGER notify_image_change")]
    [TestCase("DROP TRIGGER notify_image_truncation ON game_images")]
    public async Task A_change_without_a_notification_is_noticed_within_a_second(string change)
    {
        await using var instance = await StartAsync();
        await Database.ExecuteAsync(change);
        await instance.UntilAsync(_ => Task.FromResult(instance.Log.Contains("triggers", StringComparison.Ordinal)));

        await IsDeletedWithinASecondAsync(instance);
    }

    [Category("Process")]
    [Test]
    public async Task A_change_behind_a_pooler_without_notifications_is_noticed_within_a_second()
    {
        using var pooler = await PgBouncer.StartAsync(Database, Roles.Public);
        await using var instance = await StartAsync(pooler.ConnectionString);
        await instance.UntilAsync(_ => Task.FromResult(instance.Log.Contains("pooler", StringComparison.Ordinal)));

        await IsDeletedWithinASecondAsync(instance);
    }

    [Test]
    public async Task A_notification_just_before_the_next_check_does_not_prevent_the_check()
    {
        var time = new FakeTime();
        await using var instance = await StartAsync(time: time);
        await UntilItIsCachedAsync(instance);

        // In most rounds the notification arrives before the wait of 250 ms ends.
        for (var round = 0; round < 5; round++)
        {
            time.Advance(TimeSpan.FromMilliseconds(249.5));
            var heard = await Database.SingleAsync<DateTime>(
                $"SELECT clock_timestamp() FROM pg_notify('{V0005_NotifyImageChanges.Channel}', '{Guid.Empty}')");
            await instance.UntilAsync(_ =>
                Database.SingleAsync<bool>($"SELECT query_start > @heard FROM pg_stat_activity WHERE {Listening}", new { heard }));
        }
    }

    private async Task IsDeletedWithinASecondAsync(Instance instance)
    {
        Assert.That(await instance.Images.FindAsync(new(id), withContent: true, default), Is.Not.Null);
        await Database.ExecuteAsync("DELETE FROM game_images");

        for (var deleted = Stopwatch.StartNew(); await instance.Images.FindAsync(new(id), withContent: true, default) is not null;)
            Assert.That(deleted.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    // The service clears its cache when it begins to listen, so this waits until it listens.
    private async Task UntilItIsCachedAsync(Instance instance)
    {
        await instance.UntilAsync(async _ =>
            await Database.SingleAsync<int>($"SELECT count(*)::int FROM pg_stat_activity WHERE {Listening}") == 1);
        await instance.Images.FindAsync(new(id), withContent: true, default);
        Assert.That(instance.Images.FindCached(new(id), out _), Is.Not.Null);
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
        // The lock on this text protects it. The listener appends to it while the test reads it, which could give a broken text. It is
        // held for one call. The other one waits.
        private readonly StringBuilder log = new();
        private readonly PublicDatabase source;
        private readonly ImageChangeListener changes;

        public Instance(PublicDatabase source, ChangesDatabase listening, TimeProvider time, PublicImages images)
        {
            this.source = source;
            Images = images;
            changes = new(listening, images, time, this);
        }

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

        /// <summary>Checks the condition repeatedly, for 30 seconds at most.</summary>
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
