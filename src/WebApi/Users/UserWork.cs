namespace GameImages.WebApi.Users;

/// <summary>Lets each user do a few things of one kind at once. Others of the same user wait for their turn, and not for long.</summary>
internal sealed class UserWork(int atOnce, TimeProvider time)
{
    /// <summary>A person hardly notices it.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    // Only of users who have a request here, so that its size is bounded by the number of connections.
    private readonly Dictionary<string, Places> places = [];
    private readonly Lock turn = new();

    private sealed class Places(int number)
    {
        public SemaphoreSlim Free { get; } = new(number);
        public int Requests { get; set; }
    }

    /// <summary>The number of users who do something or wait.</summary>
    public int Users
    {
        get
        {
            lock (turn)
                return places.Count;
        }
    }

    /// <returns>What gives the place back; null when there was none for <see cref="MaxWait"/>.</returns>
    /// <exception cref="OperationCanceledException">The client gave up.</exception>
    public async Task<IDisposable?> EnterAsync(string user, CancellationToken ct)
    {
        var own = Join(user);
        var place = new Place(this, user, own);
        if (own.Free.Wait(TimeSpan.Zero, CancellationToken.None))
            return place;

        using var clock = new CancellationTokenSource(MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, ct);

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
        lock (turn)
        {
            if (!places.TryGetValue(user, out var own))
                places.Add(user, own = new(atOnce));

            own.Requests++;
            return own;
        }
    }

    private void Leave(string user, Places own)
    {
        lock (turn)
        {
            if (--own.Requests == 0)
                places.Remove(user);
        }
    }

    private sealed class Place(UserWork work, string user, Places own) : IDisposable
    {
        public void Dispose()
        {
            own.Free.Release();
            work.Leave(user, own);
        }
    }
}
