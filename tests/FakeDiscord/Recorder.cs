using System.Collections.Concurrent;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Images;

namespace GameImages.Testing.Discord;

/// <summary>Records requests, violations, fetches and counts for tests.</summary>
internal sealed class Recorder(bool keepsHistory)
{
    private int posts;
    private int edits;
    private int deletes;
    private int repeats;

    public Signal Changed { get; } = new();
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();
    public ConcurrentQueue<Violation> Violations { get; } = new();
    public ConcurrentQueue<Fetch> Fetches { get; } = new();

    public int Posts => Volatile.Read(ref posts);
    public int Edits => Volatile.Read(ref edits);
    public int Deletes => Volatile.Read(ref deletes);
    public int Repeats => Volatile.Read(ref repeats);

    public void Add(RecordedRequest request)
    {
        if (keepsHistory)
            Requests.Enqueue(request);

        Changed.Raise();
    }

    public void Add(Violation violation)
    {
        Violations.Enqueue(violation);
        Changed.Raise();
    }

    public void Add(Fetch fetch)
    {
        Fetches.Enqueue(fetch);
        Changed.Raise();
    }

    public void CountPost() => Count(ref posts);

    public void CountEdit() => Count(ref edits);

    public void CountDelete() => Count(ref deletes);

    public void CountRepeat() => Count(ref repeats);

    private void Count(ref int counter)
    {
        Interlocked.Increment(ref counter);
        Changed.Raise();
    }
}
