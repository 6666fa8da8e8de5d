namespace GameImages.WebApi.Games;

/// <summary>
/// So much of something, given out in turn: who needs a lot is not passed by those who need little. Unlike the framework's ConcurrencyLimiter
/// it looks for the next one also when somebody gives up waiting.
/// </summary>
internal sealed class FairShare(int amount)
{
    private readonly LinkedList<Turn> waiting = [];
    private readonly Lock turns = new();
    private int free = amount;

    private sealed class Turn(int amount)
    {
        public int Amount => amount;
        public TaskCompletionSource Come { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <returns>What gives it back.</returns>
    public async Task<IDisposable> TakeAsync(int amount, CancellationToken ct)
    {
        var turn = new Turn(amount);
        lock (turns)
        {
            waiting.AddLast(turn);
            GiveOut();
        }

        try
        {
            await turn.Come.Task.WaitAsync(ct);
            return new Share(this, amount);
        }
        catch (OperationCanceledException)
        {
            // Its turn may have come at the same time.
            lock (turns)
                Return(waiting.Remove(turn) ? 0 : amount);
            throw;
        }
    }

    private void Return(int amount)
    {
        lock (turns)
        {
            free += amount;
            GiveOut();
        }
    }

    private void GiveOut()
    {
        while (waiting.First is { Value: var next } && next.Amount <= free)
        {
            free -= next.Amount;
            waiting.RemoveFirst();
            next.Come.SetResult();
        }
    }

    private sealed class Share(FairShare whole, int amount) : IDisposable
    {
        private int left = amount;

        public void Dispose() => whole.Return(Interlocked.Exchange(ref left, 0));
    }
}
