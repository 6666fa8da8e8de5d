namespace GameImages.Testing.Discord.Messages;

/// <summary>
/// Remembers for some minutes which nonces the messages of a channel and an author had. The caller has to synchronise access.
/// </summary>
internal sealed class Nonces(Clock clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(long Author, long Channel, string Nonce), Message> recent = [];
    private readonly Queue<(TimeSpan Until, Message Message)> oldestFirst = new();

    public Message? Find(Message message)
    {
        while (oldestFirst.TryPeek(out var oldest) && oldest.Until <= clock.Now)
        {
            oldestFirst.Dequeue();

            // A later message may have used the nonce again.
            if (recent.GetValueOrDefault(Key(oldest.Message)) == oldest.Message)
                recent.Remove(Key(oldest.Message));
        }

        return recent.GetValueOrDefault(Key(message)) is { IsDeleted: false } earlier ? earlier : null;
    }

    public void Add(Message message)
    {
        recent[Key(message)] = message;
        oldestFirst.Enqueue((clock.Now + Lifetime, message));
    }

    private static (long Author, long Channel, string Nonce) Key(Message message) =>
        (message.Author.Id, message.ChannelId, message.Nonce!);
}
