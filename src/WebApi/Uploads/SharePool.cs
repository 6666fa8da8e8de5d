namespace GameImages.WebApi.Uploads;

/// <summary>The whole amount of a <see cref="FairShare"/>, or the share of one user.</summary>
internal sealed class SharePool(long amount)
{
    private readonly SortedSet<SharePart> parts = new(Comparer<SharePart>.Create((one, other) => one.Number.CompareTo(other.Number)));

    public long Amount => amount;

    public long Held { get; private set; }

    public long Free => amount - Held;

    public SharePart? Oldest => parts.Min;

    public void Add(SharePart part) => parts.Add(part);

    public void Take(long taken) => Held += taken;

    public void Return(SharePart part)
    {
        parts.Remove(part);
        Held -= part.Held;
    }
}
