namespace GameImages.WebApi.Uploads;

/// <summary>
/// The part of a <see cref="FairShare"/> that a user takes for one purpose. Disposing of it returns everything that it holds.
/// </summary>
/// <param name="number">The position of this part in the order in which parts were started.</param>
internal sealed class SharePart(FairShare all, SharePool own, Action removeUser, long number) : IDisposable
{
    private TaskCompletionSource? growth;

    public long Number => number;

    public SharePool Own => own;

    public long Held { get; private set; }

    public long Wanted { get; set; }

    public bool IsReturned { get; set; }

    /// <summary>
    /// Whether a waiting part could grow if the other parts of its user were returned. If not, it waits for other users.
    /// </summary>
    public bool WaitsForItsUser { get; set; }

    /// <summary>Takes more, or waits until enough is free. A part whose caller stops waiting has to be returned.</summary>
    /// <exception cref="InvalidOperationException">The part would exceed the largest size of one part.</exception>
    public Task GrowAsync(long by) => all.GrowAsync(this, by);

    public void Dispose() => all.Return(this);

    public Task StartWaiting()
    {
        growth = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return growth.Task;
    }

    public void Take()
    {
        Held += Wanted;
        growth?.SetResult();
        growth = null;
    }

    /// <summary>Removes the user, whose last part was returned.</summary>
    public void RemoveUser() => removeUser();
}
