using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class ContentHashTests
{
    // FIPS 180-4's own example.
    [Test]
    public void It_is_SHA_256() => Assert.That(
        ContentHash.Of("abc"u8).ToString(), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    [Test]
    public void A_digest_comes_back_as_it_was()
    {
        var hash = ContentHash.Of("abc"u8);
        Assert.That(ContentHash.FromDigest(hash.ToDigest()), Is.EqualTo(hash));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    public void A_digest_of_another_length_is_none(int length) =>
        Assert.That(() => ContentHash.FromDigest(new byte[length]), Throws.TypeOf<BrokenRuleException>());

    [TestCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void Its_digits_are_read_in_either_case(string text) =>
        Assert.That((ContentHash.TryParse(text, out var hash), hash), Is.EqualTo((true, ContentHash.Of("abc"u8))));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("ba7816bf")]
    [TestCase("xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00")]
    public void Other_texts_are_none(string? text) => Assert.That(ContentHash.TryParse(text, out _), Is.False);

    [Test]
    public void Hashes_are_ordered_as_their_bytes()
    {
        var hashes = Enumerable.Range(0, 100).Select(number => ContentHash.Of([(byte)number])).ToList();
        var byBytes = hashes.Order(Comparer<ContentHash>.Create((x, y) => x.ToDigest().AsSpan().SequenceCompareTo(y.ToDigest())));

        Assert.That(hashes.Order(), Is.EqualTo(byBytes));
    }

    [TestCase(1, 2)]
    [TestCase(2, 2)]
    [TestCase(2, 1)]
    public void Operators_compare_as_the_order_does(byte leftEnd, byte rightEnd)
    {
        var (left, right) = (EndingIn(leftEnd), EndingIn(rightEnd));

        Assert.Multiple(() =>
        {
            Assert.That(left < right, Is.EqualTo(leftEnd < rightEnd));
            Assert.That(left > right, Is.EqualTo(leftEnd > rightEnd));
            Assert.That(left <= right, Is.EqualTo(leftEnd <= rightEnd));
            Assert.That(left >= right, Is.EqualTo(leftEnd >= rightEnd));
        });

        static ContentHash EndingIn(byte end) => ContentHash.FromDigest([.. new byte[31], end]);
    }
}
