namespace GameImages.WebApi.Uploads;

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
    // Protects the amounts of all parts and the waiting list. Without it, two parts could take the same free amount. A method holds it
    // only while it counts. A part that cannot grow waits outside the lock, and its task ends when enough was returned.
    private readonly Lock counting = new();
    private readonly SharePool whole = new(amount);
    private readonly Dictionary<(string User, long Share), SharePool> users = [];

    // The oldest first.
    private readonly List<SharePart> waiting = [];
    private long lastNumber;
    private bool isUsedUp;

    /// <summary>Whether a part waits for what parts of other users hold.</summary>
    public bool IsUsedUp
    {
        get
        {
            lock (counting)
                return isUsedUp;
        }
    }

    /// <param name="share">
    /// The most that the parts of this user may hold together. It is raised to the largest size of one part and limited to the amount.
    /// </param>
    /// <returns>A part that holds nothing yet.</returns>
    public SharePart Start(string user, long share)
    {
        lock (counting)
        {
            if (!users.TryGetValue((user, share), out var own))
                users.Add((user, share), own = new(Math.Clamp(share, most, amount)));

            var part = new SharePart(this, own, () => users.Remove((user, share)), ++lastNumber);
            whole.Add(part);
            own.Add(part);
            return part;
        }
    }

    /// <inheritdoc cref="SharePart.GrowAsync"/>
    public Task GrowAsync(SharePart part, long by)
    {
        lock (counting)
        {
            if (part.Held + by > most)
                throw new InvalidOperationException($"A part of {part.Held + by} exceeds the largest size of one part, {most}.");

            part.Wanted = by;
            if (IsEnoughFor(part))
            {
                Give(part);
                return Task.CompletedTask;
            }

            waiting.Insert(waiting.FindLastIndex(other => other.Number < part.Number) + 1, part);
            isUsedUp |= !part.WaitsForItsUser;
            return part.StartWaiting();
        }
    }

    /// <summary>Returns everything that the part holds, once.</summary>
    public void Return(SharePart part)
    {
        lock (counting)
        {
            if (part.IsReturned)
                return;

            part.IsReturned = true;
            waiting.Remove(part);
            whole.Return(part);
            part.Own.Return(part);
            if (part.Own.Oldest is null)
                part.RemoveUser();

            GiveToWaitingParts();
        }
    }

    // Starts with the oldest part.
    private void GiveToWaitingParts()
    {
        waiting.RemoveAll(part =>
        {
            if (!IsEnoughFor(part))
                return false;

            Give(part);
            return true;
        });

        isUsedUp = waiting.Exists(part => !part.WaitsForItsUser);
    }

    private void Give(SharePart part)
    {
        part.Own.Take(part.Wanted);
        whole.Take(part.Wanted);
        part.Take();
    }

    private bool IsEnoughFor(SharePart part)
    {
        var own = part.Own;
        var reservedForOldest = own.Oldest == part ? 0 : most;
        if (own.Free - part.Wanted < reservedForOldest)
            part.WaitsForItsUser = true;
        else if (whole.Oldest == part || LeavesEnough(part, own.Held))
            return true;
        else
            part.WaitsForItsUser = LeavesEnough(part, part.Held, returned: own.Held - part.Held);

        return false;
    }

    // Whether the user may hold more, if the user's parts held this much and had returned that much. Integer products could overflow.
    private bool LeavesEnough(SharePart part, long held, long returned = 0) =>
        (double)(held + part.Wanted) * (amount - part.Own.Amount)
        <= (double)(whole.Free + returned - part.Wanted - most) * part.Own.Amount;
}
