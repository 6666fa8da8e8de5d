namespace GameImages.WebApi.Games;

/// <summary>
/// An amount that users share. What is taken for one purpose is a part, and a part grows in steps.
/// <para>
/// Parts never wait for each other in a ring: the last <paramref name="most"/> of the amount is set aside for the oldest part, and the
/// last of each user's
/// share for the oldest part of that user. So the oldest part can always grow to its end. When it is returned, the next one is the oldest.
/// </para>
/// <para>
/// A user who holds more also has to leave more: of what is held by a user and what is free, the user may have no more than their share.
/// However many users
/// take as much as they can, something stays free for one who holds little (Choudhury and Hahne, Dynamic queue length thresholds, 1998).
/// </para>
/// </summary>
/// <param name="amount">What there is; at least <paramref name="most"/>.</param>
/// <param name="most">The most that one part grows to.</param>
internal sealed class FairShare(long amount, long most)
{
    private readonly long most = most;
    private readonly Lock turns = new();
    private readonly Pool whole = new(amount);
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

    /// <param name="share">What the parts of this user may hold together. It is never less than what one part needs, and never more than
    /// the amount.</param>
    /// <returns>A part that holds nothing yet.</returns>
    public Part Start(string user, long share)
    {
        lock (turns)
        {
            if (!users.TryGetValue((user, share), out var own))
                users.Add((user, share), own = new(Math.Clamp(share, most, amount)));

            return new(this, own, () => users.Remove((user, share)), ++lastNumber);
        }
    }

    // Under the lock, the oldest first.
    private void GiveOut()
    {
        waiting.RemoveAll(part =>
        {
            if (!IsEnoughFor(part))
                return false;

            part.Take();
            return true;
        });

        isUsedUp = waiting.Exists(part => !part.WaitsForItsUser);
    }

    private bool IsEnoughFor(Part part)
    {
        var (own, wanted) = (part.Own, part.Wanted);
        if (own.Free - wanted < (own.Oldest == part ? 0 : most))
            part.WaitsForItsUser = true;
        else if (whole.Oldest == part)
            return true;
        else if (Leaves(own.Held))
            return true;
        else
            part.WaitsForItsUser = Leaves(part.Held, own.Held - part.Held);

        return false;

        // The amounts may be too large for a product of integers.
        bool Leaves(long held, long returned = 0) =>
            (double)(held + wanted) * (amount - own.Amount) <= (double)(whole.Free + returned - wanted - most) * own.Amount;
    }

    /// <summary>The amount, or what one user may have of it.</summary>
    internal sealed class Pool(long amount)
    {
        private readonly SortedSet<Part> parts = new(Comparer<Part>.Create((one, other) => one.Number.CompareTo(other.Number)));

        public long Amount => amount;

        public long Held { get; private set; }

        public long Free => amount - Held;

        public Part? Oldest => parts.Min;

        public void Add(Part part) => parts.Add(part);

        public void Take(long taken) => Held += taken;

        public void Return(Part part)
        {
            parts.Remove(part);
            Held -= part.Held;
        }
    }

    /// <summary>What a user takes for one purpose.</summary>
    internal sealed class Part : IDisposable
    {
        private readonly FairShare all;
        private readonly Action forgetUser;
        private TaskCompletionSource? turn;
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

        public long Held { get; private set; }

        public long Wanted { get; private set; }

        /// <summary>Whether a part that waits could go on if the other parts of its user were returned. If not, it waits for other
        /// users.</summary>
        public bool WaitsForItsUser { get; set; }

        /// <summary>Takes more, or waits until there is enough. A part that gives up waiting has to be returned.</summary>
        /// <exception cref="InvalidOperationException">The part would be larger than the largest, for which alone there is always
        /// enough.</exception>
        public Task GrowAsync(long by)
        {
            lock (all.turns)
            {
                if (Held + by > all.most)
                    throw new InvalidOperationException($"A part of {Held + by} is larger than the largest, {all.most}.");

                Wanted = by;
                if (all.IsEnoughFor(this))
                {
                    Take();
                    return Task.CompletedTask;
                }

                turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
                all.waiting.Insert(all.waiting.FindLastIndex(part => part.Number < Number) + 1, this);
                all.isUsedUp |= !WaitsForItsUser;
                return turn.Task;
            }
        }

        public void Take()
        {
            Held += Wanted;
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
                all.whole.Return(this);
                Own.Return(this);
                if (Own.Oldest is null)
                    forgetUser();

                all.GiveOut();
            }
        }
    }
}
