namespace GameImages.Testing.Discord.Messages;

/// <summary>Which message an author has made with a nonce in a channel within the last minutes. Not safe for threads by itself.</summary>
internal sealed class Nonces(Clock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(long Author, long Channel, string Nonce), Message> recent = [];
    private readonly Queue<(TimeSpan Until, Message Message)> oldestFirst = new();

    public Message? Find(Message message)
    {
        while (oldestFirst.TryPeek(out var oldest) && oldest.Until <= clock.Now)
        {
            oldestFirst.Dequeue();

            // The nonce may have been used again since.
            if (recent.GetValueOrDefault(Key(oldest.Message)) == oldest.Message)
                recent.Remove(Key(oldest.Message));
        }

        return recent.GetValueOrDefault(Key(message)) is { IsDeleted: false } earlier ? earlier : null;
    }

    public void Add(Message message)
    {
        recent[Key(message)] = message;
        oldestFirst.Enqueue((clock.Now + Kept, message));
    }

    private static (long Author, long Channel, string Nonce) Key(Message message) =>
        (message.Author.Id, message.ChannelId, message.Nonce!);
}
