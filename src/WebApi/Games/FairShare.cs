namespace GameImages.WebApi.Games;

/// <summary>
/// An amount that users share. What is taken for one purpose is a part, and a part grows in steps. Parts never wait for each other in a ring: the last
/// <paramref name="most"/> of the amount is set aside for the oldest part, and the last of each user's share for the oldest part of that user. So the oldest
/// part can always grow to its end. When it is returned, the next one is the oldest.
/// </summary>
/// <param name="amount">What there is; at least <paramref name="most"/>.</param>
/// <param name="most">The most that one part grows to.</param>
internal sealed class FairShare(long amount, long most)
{
    private readonly long most = most;
    private readonly Lock turns = new();
    private readonly Pool whole = new(amount, most);
    private readonly Dictionary<(string User, long Share), Pool> users = [];

    // The oldest first.
    private readonly List<Part> waiting = [];
    private long lastNumber;
    private bool isUsedUp;

    /// <summary>Whether a part waits for what parts of other users hold.</summary>
    public bool IsUsedUp
    {
        get
        {
            lock (turns)
                return isUsedUp;
        }
    }

    /// <param name="share">What the parts of this user may hold together. It is never less than what one part needs.</param>
    /// <returns>A part that holds nothing yet.</returns>
    public Part Start(string user, long share)
    {
        lock (turns)
        {
            if (!users.TryGetValue((user, share), out var own))
                users.Add((user, share), own = new(Math.Max(share, most), most));

            return new(this, own, () => users.Remove((user, share)), ++lastNumber);
        }
    }

    // Under the lock. A part that waits for others stops all younger ones. A part that waits for its own user stops the younger ones of that user only.
    private void GiveOut()
    {
        isUsedUp = false;
        if (waiting.Count == 0)
            return;

        var stopped = new HashSet<Pool>();
        waiting.RemoveAll(part =>
        {
            part.WaitsForItsUser = stopped.Contains(part.Own) || !part.Own.Has(part.Wanted, part);
            if (part.WaitsForItsUser)
                stopped.Add(part.Own);
            else if (!isUsedUp)
                isUsedUp = !whole.Has(part.Wanted, part);

            if (part.WaitsForItsUser || isUsedUp)
                return false;

            part.Take();
            return true;
        });
    }

    /// <summary>The amount, or what one user may have of it.</summary>
    internal sealed class Pool(long amount, long setAside)
    {
        private readonly SortedSet<Part> parts = new(Comparer<Part>.Create((one, other) => one.Number.CompareTo(other.Number)));
        private long free = amount;

        public bool IsUnused => parts.Count == 0;

        public void Add(Part part) => parts.Add(part);

        public bool Has(long wanted, Part part) => free - wanted >= (parts.Min == part ? 0 : setAside);

        public void Take(long taken) => free -= taken;

        public void Return(Part part, long held)
        {
            parts.Remove(part);
            free += held;
        }
    }

    /// <summary>What a user takes for one purpose.</summary>
    internal sealed class Part : IDisposable
    {
        private readonly FairShare all;
        private readonly Action forgetUser;
        private TaskCompletionSource? turn;
        private long held;
        private bool isReturned;

        public Part(FairShare all, Pool own, Action forgetUser, long number)
        {
            (this.all, this.forgetUser, Own, Number) = (all, forgetUser, own, number);
            all.whole.Add(this);
            own.Add(this);
        }

        /// <summary>Counts the parts in the order in which they were started.</summary>
        public long Number { get; }

        public Pool Own { get; }

        public long Wanted { get; private set; }

        /// <summary>Whether its user holds too much already. If not, a part that waits does so for other users.</summary>
        public bool WaitsForItsUser { get; set; }

        /// <summary>Takes more, in turn. A part that gives up waiting has to be returned.</summary>
        /// <exception cref="InvalidOperationException">The part would be larger than the largest, for which alone there is always enough.</exception>
        public Task GrowAsync(long by)
        {
            lock (all.turns)
            {
                if (held + by > all.most)
                    throw new InvalidOperationException($"A part of {held + by} is larger than the largest, {all.most}.");

                Wanted = by;
                if (all.waiting.Count == 0 && Own.Has(by, this) && all.whole.Has(by, this))
                {
                    Take();
                    return Task.CompletedTask;
                }

                turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
                all.waiting.Insert(all.waiting.FindLastIndex(part => part.Number < Number) + 1, this);
                var come = turn.Task;
                all.GiveOut();
                return come;
            }
        }

        public void Take()
        {
            held += Wanted;
            Own.Take(Wanted);
            all.whole.Take(Wanted);
            turn?.SetResult();
            turn = null;
        }

        /// <summary>Returns all that it holds.</summary>
        public void Dispose()
        {
            lock (all.turns)
            {
                if (isReturned)
                    return;

                isReturned = true;
                all.waiting.Remove(this);
                all.whole.Return(this, held);
                Own.Return(this, held);
                if (Own.IsUnused)
                    forgetUser();

                all.GiveOut();
            }
        }
    }
}
