using System.Text.Json;
using GameImages.Application.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>
/// Asks Discord which guild a channel belongs to (Discord's documentation, "Get Channel"). It caches the response for an hour and records
/// the guild for the service. Members may name any channel in a game, so the bot trusts only Discord.
/// </summary>
internal sealed class ChannelGuilds(DiscordHttp http, IGuildChannels recorded, TimeProvider time)
{
    /// <summary>The bot asks Discord again when the cached response is older.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private const int UnknownChannel = 10003;
    private const int MinSweepSize = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<Snowflake, Lookup> lookups = [];
    private int sweepAt = MinSweepSize;

    /// <exception cref="ForeignChannelException">The channel belongs to another guild or to none, or does not exist.</exception>
    /// <exception cref="MessageRefusedException">Discord does not show the channel to the bot.</exception>
    public async Task CheckAsync(Snowflake channel, Snowflake guild, CancellationToken ct)
    {
        var found = await FindAsync(channel, ct);
        if (found != guild)
            throw new ForeignChannelException(channel, guild, found);
    }

    /// <summary>
    /// Removes the cached response after Discord refused a request to the channel. The channel may be closed to the bot, or deleted.
    /// </summary>
    public async Task RemoveAsync(Snowflake channel, MessageRefusedException refused, CancellationToken ct)
    {
        lock (gate)
            lookups.Remove(channel);

        if (refused.Code == UnknownChannel)
            await recorded.RemoveAsync(channel, ct);
    }

    private async Task<Snowflake?> FindAsync(Snowflake channel, CancellationToken ct)
    {
        var lookup = Begin(channel);
        try
        {
            return await lookup.Guild.Value.WaitAsync(ct);
        }
        catch
        {
            // The next delivery asks again.
            lock (gate)
            {
                if (lookups.GetValueOrDefault(channel) == lookup)
                    lookups.Remove(channel);
            }

            throw;
        }
    }

    // The lock protects the table of lookups. Without it, two deliveries to one channel would send two requests. It is held only while the
    // table is read and changed. The second delivery gets the response or the failure of the first.
    private Lookup Begin(Snowflake channel)
    {
        lock (gate)
        {
            if (lookups.TryGetValue(channel, out var lookup) && !IsOld(lookup))
                return lookup;

            Sweep();
            return lookups[channel] = new(time.GetTimestamp(), new(() => AskAsync(channel)));
        }
    }

    private bool IsOld(Lookup lookup) => time.GetElapsedTime(lookup.AskedAt) >= MaxAge;

    // Sweeping only after the table has doubled keeps the average cost of a lookup low.
    private void Sweep()
    {
        if (lookups.Count < sweepAt)
            return;

        foreach (var (channel, lookup) in lookups)
        {
            if (IsOld(lookup))
                lookups.Remove(channel);
        }

        sweepAt = Math.Max(MinSweepSize, lookups.Count * 2);
    }

    // This request is never cancelled, because other deliveries may wait for the same response.
    private async Task<Snowflake?> AskAsync(Snowflake channel)
    {
        var ct = CancellationToken.None;
        try
        {
            var guild = await http.SendAsync(new(HttpMethod.Get, channel), $"channels/{channel}", () => null, Read, ct);
            if (guild is { } known)
                await recorded.RecordAsync(channel, known, ct);
            else
                await recorded.RemoveAsync(channel, ct);

            return guild;
        }
        catch (MessageRefusedException refused) when (refused.Code == UnknownChannel)
        {
            await recorded.RemoveAsync(channel, ct);
            throw new ForeignChannelException(channel);
        }
    }

    // A direct message has no guild.
    private static Snowflake? Read(byte[] body)
    {
        var channel = JsonSerializer.Deserialize(body, ResponseJson.Default.ChannelObject);
        if (channel?.Id is null)
            throw new JsonException("The channel has no id.");
        if (channel.GuildId is not { } guild)
            return null;

        return Snowflake.TryParse(guild, null, out var id) ? id : throw new JsonException("The guild's id is not a number.");
    }

    private sealed record Lookup(long AskedAt, Lazy<Task<Snowflake?>> Guild);
}
