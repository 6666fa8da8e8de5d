namespace GameImages.WebApi.Games;

/// <summary>
/// An amount that users share. A user takes a part for each purpose, and a part grows in steps.
/// <para>
/// Parts never deadlock. The last <paramref name="most"/> of the amount is reserved for the oldest part, and the last of each user's share
/// is reserved for that user's oldest part. The oldest part can therefore always grow to its full size. When it is returned, the next part
/// becomes the oldest.
/// </para>
/// <para>
/// The more a user holds, the more of the amount the user has to leave free. A user may hold at most their share of the sum of what they
/// hold and what is free. Even when many users take as much as they can, something stays free for a user who holds little (Choudhury and
/// Hahne, Dynamic queue length thresholds, 1998).
/// </para>
/// </summary>
/// <param name="amount">The whole amount; at least <paramref name="most"/>.</param>
/// <param name="most">The largest size of one part.</param>
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

    /// <param name="share">
    /// The most that the parts of this user may hold together. It is raised to the largest size of one part and limited to the amount.
    /// </param>
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

    // Runs under the lock, and starts with the oldest part.
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

        // Integer products of these amounts could overflow.
        bool Leaves(long held, long returned = 0) =>
            (double)(held + wanted) * (amount - own.Amount) <= (double)(whole.Free + returned - wanted - most) * own.Amount;
    }

    /// <summary>The whole amount, or the share of one user.</summary>
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

    /// <summary>The amount that a user takes for one purpose.</summary>
    internal sealed class Part : IDisposable
    {
        private readonly FairShare all;
        private readonly Action removeUser;
        private TaskCompletionSource? turn;
        private bool isReturned;

        public Part(FairShare all, Pool own, Action removeUser, long number)
        {
            (this.all, this.removeUser, Own, Number) = (all, removeUser, own, number);
            all.whole.Add(this);
            own.Add(this);
        }

        /// <summary>The position of this part in the order in which parts were started.</summary>
        public long Number { get; }

        public Pool Own { get; }

        public long Held { get; private set; }

        public long Wanted { get; private set; }

        /// <summary>
        /// Whether a waiting part could grow if the other parts of its user were returned. If not, it waits for other users.
        /// </summary>
        public bool WaitsForItsUser { get; set; }

        /// <summary>Takes more, or waits until enough is free. A part whose caller stops waiting has to be returned.</summary>
        /// <exception cref="InvalidOperationException">The part would exceed the largest size of one part.</exception>
        public Task GrowAsync(long by)
        {
            lock (all.turns)
            {
                if (Held + by > all.most)
                    throw new InvalidOperationException($"A part of {Held + by} exceeds the largest size of one part, {all.most}.");

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

        /// <summary>Returns everything that the part holds.</summary>
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
                    removeUser();

                all.GiveOut();
            }
        }
    }
}
