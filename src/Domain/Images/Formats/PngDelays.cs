using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG section 11.3.6.2: the delays of an animation's frames, which are fractions of a second. One delay can be written as many fractions,
/// and data could hide in the choice.
/// </summary>
internal sealed class PngDelays
{
    private const uint Default = 100;

    private uint shared;

    /// <summary>Writes the delay with the denominator of the first frame, or in lowest terms.</summary>
    /// <param name="delay">A numerator and a denominator of two bytes each.</param>
    public void Clean(Span<byte> delay)
    {
        uint numerator = BinaryPrimitives.ReadUInt16BigEndian(delay);
        uint denominator = BinaryPrimitives.ReadUInt16BigEndian(delay[2..]);

        if (denominator == 0)
            denominator = Default;
        if (shared == 0)
            shared = denominator;

        var (count, rest) = Math.DivRem(numerator * shared, denominator);

        if (rest == 0 && count <= ushort.MaxValue)
            Write(delay, count, shared);
        else
            Write(delay, numerator / Divisor(numerator, denominator), denominator / Divisor(numerator, denominator));
    }

    private static uint Divisor(uint one, uint other) => other == 0 ? one : Divisor(other, one % other);

    private static void Write(Span<byte> delay, uint numerator, uint denominator)
    {
        BinaryPrimitives.WriteUInt16BigEndian(delay, (ushort)numerator);
        BinaryPrimitives.WriteUInt16BigEndian(delay[2..], (ushort)denominator);
    }
}
