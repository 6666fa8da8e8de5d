using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The pairs of a code and a pixel that the codes of a table stand for. If an encoder takes the longest known sequence of pixels, no pair
/// occurs twice.
/// </summary>
internal sealed class GifPairs
{
    private readonly int[] pairs = GC.AllocateUninitializedArray<int>(GifCodes.TableLength);

    // One bit for each pair. It is set if the table has a code for the pair.
    private ulong[] known = [];
    private int codeSize;
    private int first;
    private int late;

    /// <summary>The number of pairs for which the table had a code already.</summary>
    public int Repeated { get; private set; }

    /// <summary>The table has been full for some time.</summary>
    public bool IsLate => late > 1;

    public void Start(int codeSize)
    {
        this.codeSize = codeSize;
        first = (1 << codeSize) + 2;
        late = 0;
        Repeated = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int code, int previous, byte pixel) => pairs[code] = previous << codeSize | pixel;

    /// <summary>Looks for a pair after the table is full.</summary>
    public void Look(int previous, byte pixel)
    {
        if (late++ == 0)
            Know(GifCodes.TableLength);

        var pair = previous << codeSize | pixel;
        Repeated += (int)(known[pair >> 6] >> pair) & 1;
    }

    /// <param name="next">The first code that the table does not have.</param>
    public void Clear(int next)
    {
        if (late == 0)
            Know(next);

        late = 0;

        // Only the pairs of the table are known. A file with many clear codes must not cost more than others.
        foreach (var pair in pairs.AsSpan(first..next))
            known[pair >> 6] = 0;
    }

    // This is faster than a look at each pair when its code is added.
    private void Know(int next)
    {
        var repeated = 0;

        if (known.Length < WordsFor(next))
            known = new ulong[WordsFor(next)];

        foreach (var pair in pairs.AsSpan(first..next))
        {
            ref var bits = ref known[pair >> 6];
            repeated += (int)(bits >> pair) & 1;
            bits |= 1UL << pair;
        }

        Repeated += repeated;
    }

    private int WordsFor(int next) => ((next << codeSize) + 63) / 64;
}
