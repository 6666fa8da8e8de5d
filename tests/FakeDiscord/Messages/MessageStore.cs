using System.Collections.Concurrent;

namespace GameImages.Testing.Discord.Messages;

/// <summary>All messages, including deleted ones, and their channels.</summary>
/// <param name="guild">The guild of channels that were not declared. If null, such channels are unknown.</param>
internal sealed class MessageStore(Clock clock, long? guild)
{
    private readonly ConcurrentDictionary<long, Message> messages = new();
    private readonly ConcurrentDictionary<long, ChannelState> channels = new();
    private readonly ConcurrentDictionary<long, long?> guilds = new();
    private readonly Lock posting = new();
    private readonly Nonces nonces = new(clock);

    public IEnumerable<Message> All => messages.Values.OrderBy(message => message.Id);

    public Message? Find(long id) => messages.GetValueOrDefault(id);

    public ChannelState StateOf(long channelId)
    {
        if (channels.TryGetValue(channelId, out var state))
            return state;

        return guild is not null || guilds.ContainsKey(channelId) ? ChannelState.Open : ChannelState.Unknown;
    }

    public void SetState(long channelId, ChannelState state) => channels[channelId] = state;

    /// <returns>The guild; null for a direct message.</returns>
    public long? GuildOf(long channelId) => guilds.GetValueOrDefault(channelId, guild);

    public void SetGuild(long channelId, long? guildId) => guilds[channelId] = guildId;

    /// <returns>The message, or an earlier message with the same nonce if the nonce is enforced.</returns>
    public Message Add(Message message, bool enforcesNonce)
    {
        // The lock protects the table of nonces. Without it, two simultaneous posts with one nonce could create two messages. It is held
        // while the message is added. The second post gets the message of the first.
        lock (posting)
        {
            if (message.Nonce is not null)
            {
                if (nonces.Find(message) is { } earlier && enforcesNonce)
                    return earlier;

                nonces.Add(message);
            }

            messages[message.Id] = message;
            return message;
        }
    }
}
