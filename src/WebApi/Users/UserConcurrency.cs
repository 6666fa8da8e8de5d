namespace GameImages.WebApi.Users;

/// <summary>
/// Lets each user run a few requests of one kind at once. Further requests of the same user wait for their turn, but not for long.
/// </summary>
internal sealed class UserConcurrency(int atOnce, TimeProvider time)
{
    // Only users with a request in progress have an entry, so the number of connections limits the size.
    private readonly Dictionary<string, Places> places = [];

    // Protects the dictionary. Without it, the last request of a user could remove an entry that a new request has just found. It is held
    // for one look-up. The other request waits, and then finds the entry or adds its own.
    private readonly Lock counting = new();

    private sealed class Places(int number)
    {
        public SemaphoreSlim Free { get; } = new(number);
        public int Requests { get; set; }
    }

    /// <summary>The number of users whose requests run or wait.</summary>
    public int Users
    {
        get
        {
            lock (counting)
                return places.Count;
        }
    }

    /// <param name="wait">How long the request may wait.</param>
    /// <returns>A place, which is returned on disposal. Null if no place became free in that time.</returns>
    /// <exception cref="OperationCanceledException">The client gave up.</exception>
    public async Task<IDisposable?> EnterAsync(string user, TimeSpan wait, CancellationToken ct)
    {
        var own = Join(user);
        var place = new Place(this, user, own);
        if (own.Free.Wait(TimeSpan.Zero, CancellationToken.None))
            return place;

        using var timeout = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);

        try
        {
            await own.Free.WaitAsync(either.Token);
            return place;
        }
        catch (OperationCanceledException)
        {
            Leave(user, own);
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private Places Join(string user)
    {
        lock (counting)
        {
            if (!places.TryGetValue(user, out var own))
                places.Add(user, own = new(atOnce));

            own.Requests++;
            return own;
        }
    }

    private void Leave(string user, Places own)
    {
        lock (counting)
        {
            if (--own.Requests == 0)
                places.Remove(user);
        }
    }

    private sealed class Place(UserConcurrency all, string user, Places own) : IDisposable
    {
        public void Dispose()
        {
            own.Free.Release();
            all.Leave(user, own);
        }
    }
}
