using System.Net;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Images;
using GameImages.Testing.Discord.Messages;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GameImages.Testing.Discord;

/// <summary>Discord's HTTP API v10 as its documentation describes it, strict, on this machine, with everything that can go wrong.</summary>
public sealed class FakeDiscord : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly Clock clock;
    private readonly Recorder recorder;
    private readonly FaultPlan faults;
    private readonly MessageStore store;
    private readonly ImageFetcher images;

    private FakeDiscord(FakeDiscordSettings settings)
    {
        clock = new(settings.Time);
        recorder = new(settings.KeepsHistory);
        faults = new(settings.Intercept);
        store = new(clock, settings.Guild);
        images = new(settings.Images, clock, recorder);
        app = Build(settings.Port);

        var endpoints = new MessageEndpoints(settings, clock, recorder, store, images);
        var pipeline = new Pipeline(
            settings,
            clock,
            recorder,
            faults,
            new(settings.Limits, clock),
            new(settings.Limits?.InvalidRequests, clock),
            endpoints);
        app.Run(context => pipeline.AnswerAsync(context, app.Lifetime.ApplicationStopping));
    }

    /// <summary>Ends with /api/v10/.</summary>
    public Uri BaseUrl =>
        new($"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/api/v10/");

    /// <summary>Messages that were made, and not what an enforced nonce gave back.</summary>
    public int Posts => recorder.Posts;

    public int Edits => recorder.Edits;

    /// <summary>Without those of moderators.</summary>
    public int Deletes => recorder.Deletes;

    /// <summary>Posts that an enforced nonce answered with the earlier message.</summary>
    public int Repeats => recorder.Repeats;

    public IReadOnlyCollection<RecordedRequest> Requests => recorder.Requests;

    public IReadOnlyCollection<Violation> Violations => recorder.Violations;

    public IReadOnlyCollection<Fetch> Fetches => recorder.Fetches;

    /// <summary>All messages that are not deleted, the oldest first.</summary>
    public IReadOnlyList<Message> Messages => [.. store.All.Where(message => !message.IsDeleted)];

    public static async Task<FakeDiscord> StartAsync(FakeDiscordSettings? settings = null)
    {
        var discord = new FakeDiscord(settings ?? new());
        await discord.app.StartAsync();
        return discord;
    }

    /// <summary>Those of one channel that are not deleted, the oldest first.</summary>
    public IReadOnlyList<Message> MessagesOf(long channelId) => [.. Messages.Where(message => message.ChannelId == channelId)];

    /// <returns>The message, even when it is deleted; null when there never was one.</returns>
    public Message? Find(long messageId) => store.Find(messageId);

    /// <param name="when">Which requests it may happen to; null for all.</param>
    public void FailNext(Fault fault, int times = 1, Func<RecordedRequest, bool>? when = null) => faults.Add(fault, times, when);

    /// <param name="probability">From 0 to 1, drawn anew for each request.</param>
    /// <param name="seed">The same seed fails the same requests, counted in the order in which they come.</param>
    public void FailSometimes(Fault fault, double probability, int seed, Func<RecordedRequest, bool>? when = null) =>
        faults.Add(fault, int.MaxValue, when, probability, seed);

    /// <summary>Forgets what FailNext and FailSometimes were told.</summary>
    public void StopFailing() => faults.Clear();

    /// <summary>Sets the state of the channel for all bots. A deleted channel is unknown.</summary>
    public void SetChannel(long channelId, ChannelState state) => store.SetState(channelId, state);

    /// <summary>Sets the guild of a channel.</summary>
    /// <param name="guildId">The guild; null for a direct message.</param>
    public void DeclareChannel(long channelId, long? guildId) => store.SetGuild(channelId, guildId);

    /// <returns>False when there is no such message.</returns>
    public bool DeleteAsModerator(long messageId)
    {
        var isDeleted = store.Find(messageId)?.Delete(clock.UtcNow, byModerator: true) == true;
        recorder.Changed.Raise();
        return isDeleted;
    }

    /// <summary>Waits until it is true, looking again whenever something has happened here.</summary>
    /// <param name="timeout">Real time; 30 s by default.</param>
    /// <exception cref="TimeoutException">It did not become true.</exception>
    public async Task WaitForAsync(Func<bool> predicate, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        using var patience = new CancellationTokenSource(timeout ?? Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);

        while (true)
        {
            var next = recorder.Changed.Next;
            if (predicate())
                return;

            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"It has not happened: {Posts} posts, {Edits} edits, {Deletes} deletes, {Violations.Count} violations.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        images.Dispose();
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();

        // A fault of the fake itself shows, beside what the program prints.
        builder
            .Logging.ClearProviders()
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<IHostLifetime, Unattended>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);

            // The judge refuses what is too large, in Discord's words.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        return builder.Build();
    }
}
