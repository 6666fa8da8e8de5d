using System.Collections.Concurrent;

namespace GameImages.Testing.Discord.Messages;

/// <summary>All messages, also deleted ones.</summary>
internal sealed class MessageStore(Clock clock)
{
    private readonly ConcurrentDictionary<long, Message> messages = new();
    private readonly ConcurrentDictionary<long, ChannelState> channels = new();
    private readonly Lock posting = new();
    private readonly Nonces nonces = new(clock);

    public IEnumerable<Message> All => messages.Values.OrderBy(message => message.Id);

    public Message? Find(long id) => messages.GetValueOrDefault(id);

    public ChannelState StateOf(long channelId) => channels.GetValueOrDefault(channelId);

    public void SetState(long channelId, ChannelState state) => channels[channelId] = state;

    /// <returns>The message, or the earlier one with the same nonce when that is enforced.</returns>
    public Message Add(Message message, bool enforcesNonce)
    {
        // Two requests with one nonce must not both find no earlier message.
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
