namespace GameImages.Testing.Discord.Messages;

/// <summary>A message with its versions and its deletion.</summary>
public sealed class Message
{
    private readonly List<MessageVersion> versions;
    private readonly bool keepsHistory;

    internal Message(long id, long channelId, Bot author, string? nonce, MessageVersion first, bool keepsHistory)
    {
        Id = id;
        ChannelId = channelId;
        Author = author;
        Nonce = nonce;
        PostedAt = first.Time;
        versions = [first];
        this.keepsHistory = keepsHistory;
    }

    public long Id { get; }
    public long ChannelId { get; }
    public Bot Author { get; }
    public string? Nonce { get; }
    public DateTimeOffset? DeletedAt { get; private set; }
    public bool IsDeletedByModerator { get; private set; }

    /// <summary>The posted version, then one version for each edit.</summary>
    public IReadOnlyList<MessageVersion> Versions
    {
        get
        {
            lock (Gate)
                return [.. versions];
        }
    }

    public MessageVersion Current
    {
        get
        {
            lock (Gate)
                return versions[^1];
        }
    }

    public bool IsDeleted => DeletedAt is not null;

    internal Lock Gate { get; } = new();
    internal DateTimeOffset PostedAt { get; }
    internal DateTimeOffset? EditedAt { get; private set; }

    internal void Edit(MessageVersion version)
    {
        lock (Gate)
        {
            if (!keepsHistory)
                versions.Clear();

            versions.Add(version);
            EditedAt = version.Time;
        }
    }

    /// <returns>False when the message was deleted before.</returns>
    internal bool Delete(DateTimeOffset time, bool byModerator)
    {
        lock (Gate)
        {
            if (IsDeleted)
                return false;

            DeletedAt = time;
            IsDeletedByModerator = byModerator;
            return true;
        }
    }
}
