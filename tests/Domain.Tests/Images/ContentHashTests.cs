using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class ContentHashTests
{
    // The example of FIPS 180-4.
    [Test]
    public void The_hash_is_SHA_256() => Assert.That(
        ContentHash.Of("abc"u8).ToString(), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    [Test]
    public void A_hash_of_a_digest_has_the_same_digest()
    {
        var hash = ContentHash.Of("abc"u8);
        Assert.That(ContentHash.FromDigest(hash.ToDigest()), Is.EqualTo(hash));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    public void A_digest_of_another_length_is_refused(int length) =>
        Assert.That(() => ContentHash.FromDigest(new byte[length]), Throws.TypeOf<BrokenRuleException>());

    [TestCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void Digits_are_read_in_upper_and_lower_case(string text)
    {
        Assert.That(ContentHash.TryParse(text, out var hash), Is.True);
        Assert.That(hash, Is.EqualTo(ContentHash.Of("abc"u8)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("ba7816bf")]
    [TestCase("xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00")]
    public void Other_texts_are_not_hashes(string? text) => Assert.That(ContentHash.TryParse(text, out _), Is.False);

    [Test]
    public void Hashes_have_the_order_of_their_bytes()
    {
        var hashes = Enumerable.Range(0, 100).Select(number => ContentHash.Of([(byte)number])).ToList();
        var byBytes = hashes.Order(Comparer<ContentHash>.Create((x, y) => x.ToDigest().AsSpan().SequenceCompareTo(y.ToDigest())));

        Assert.That(hashes.Order(), Is.EqualTo(byBytes));
    }

    [TestCase(1, 2)]
    [TestCase(2, 2)]
    [TestCase(2, 1)]
    public void Operators_agree_with_the_order(byte leftEnd, byte rightEnd)
    {
        var left = EndingIn(leftEnd);
        var right = EndingIn(rightEnd);

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
