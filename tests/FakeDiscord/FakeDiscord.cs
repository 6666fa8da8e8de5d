using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Images;
using GameImages.Testing.Discord.Messages;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GameImages.Testing.Discord;

/// <summary>
/// A server on this machine with the part of Discord's HTTP API v10 that the bot uses. It applies the documented rules strictly, and tests
/// can make requests fail.
/// </summary>
public sealed class FakeDiscord : IAsyncDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

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
        app = FakeDiscordServer.Build(settings.Port);

        var endpoints = new MessageEndpoints(settings, clock, recorder, store, images);
        var pipeline = new Pipeline(
            settings,
            clock,
            recorder,
            faults,
            new(settings.Limits, clock),
            new(settings.Limits?.InvalidRequests, clock),
            endpoints);
        app.Run(context => pipeline.HandleAsync(context, app.Lifetime.ApplicationStopping));
    }

    /// <summary>The URL of the API. It ends with /api/v10/.</summary>
    public Uri BaseUrl =>
        new($"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/api/v10/");

    /// <summary>The number of new messages. Posts that an enforced nonce identified as repeated do not count.</summary>
    public int Posts => recorder.Posts;

    public int Edits => recorder.Edits;

    /// <summary>The number of messages that bots deleted.</summary>
    public int Deletes => recorder.Deletes;

    /// <summary>The number of repeated posts that returned the earlier message because of an enforced nonce.</summary>
    public int Repeats => recorder.Repeats;

    public IReadOnlyCollection<RecordedRequest> Requests => recorder.Requests;

    public IReadOnlyCollection<Violation> Violations => recorder.Violations;

    public IReadOnlyCollection<Fetch> Fetches => recorder.Fetches;

    /// <summary>The messages that are not deleted, oldest first.</summary>
    public IReadOnlyList<Message> Messages => [.. store.All.Where(message => !message.IsDeleted)];

    public static async Task<FakeDiscord> StartAsync(FakeDiscordSettings? settings = null)
    {
        var discord = new FakeDiscord(settings ?? new());
        await discord.app.StartAsync();
        return discord;
    }

    /// <summary>The messages of one channel that are not deleted, oldest first.</summary>
    public IReadOnlyList<Message> MessagesOf(long channelId) => [.. Messages.Where(message => message.ChannelId == channelId)];

    /// <returns>The message, even if it is deleted; null when it never existed.</returns>
    public Message? Find(long messageId) => store.Find(messageId);

    /// <summary>Makes the next requests fail.</summary>
    /// <param name="when">Selects the requests that may fail; null selects all.</param>
    public void FailNext(Fault fault, int times = 1, Func<RecordedRequest, bool>? when = null) => faults.Add(fault, times, when);

    /// <summary>Makes a random part of the requests fail.</summary>
    /// <param name="probability">The probability from 0 to 1 that a request fails.</param>
    /// <param name="seed">The same seed makes the same requests fail, if they arrive in the same order.</param>
    public void FailSometimes(Fault fault, double probability, int seed, Func<RecordedRequest, bool>? when = null) =>
        faults.Add(fault, int.MaxValue, when, probability, seed);

    /// <summary>Removes the faults that FailNext and FailSometimes added.</summary>
    public void StopFailing() => faults.Clear();

    /// <summary>Sets the state of the channel for all bots. A deleted channel is unknown.</summary>
    public void SetChannel(long channelId, ChannelState state) => store.SetState(channelId, state);

    /// <summary>Sets the guild of a channel.</summary>
    /// <param name="guildId">The guild; null for a direct message.</param>
    public void DeclareChannel(long channelId, long? guildId) => store.SetGuild(channelId, guildId);

    /// <returns>False when the message does not exist or was deleted before.</returns>
    public bool DeleteAsModerator(long messageId)
    {
        var isDeleted = store.Find(messageId)?.Delete(clock.UtcNow, byModerator: true) == true;
        recorder.Changed.Raise();
        return isDeleted;
    }

    /// <summary>Waits until the predicate is true. It is evaluated again after every request, message and fetch.</summary>
    /// <param name="timeout">The real time to wait; 30 s by default.</param>
    /// <exception cref="TimeoutException">The predicate did not become true in time.</exception>
    public async Task WaitForAsync(Func<bool> predicate, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        using var timedOut = new CancellationTokenSource(timeout ?? DefaultTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timedOut.Token, ct);

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
                    $"The state was not reached in time: {Posts} posts, {Edits} edits, {Deletes} deletes, {Violations.Count} violations.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        images.Dispose();
    }
}
