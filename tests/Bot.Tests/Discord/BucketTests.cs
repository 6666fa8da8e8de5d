using GameImages.Bot.Discord;
using GameImages.Testing;

namespace GameImages.Bot.Tests.Discord;

public sealed class BucketTests
{
    private static readonly Route Post = new(HttpMethod.Post, new(1));
    private static readonly Route Edit = new(HttpMethod.Patch, new(1));

    private FakeTime time = null!;
    private RateLimits limits = null!;

    [SetUp]
    public void Start()
    {
        time = new();
        limits = new(requestsPerSecond: 45, time);
    }

    [Test]
    public void Only_one_request_of_an_unknown_route_is_sent_before_its_response_arrives()
    {
        var first = limits.Take(Post);
        AssertLimited(Post, RateLimits.RecheckDelay);

        limits.Return(first, State(remaining: 2));
        Take(Post, 2);
        AssertLimited(Post, RateLimits.RecheckDelay);
    }

    [Test]
    public void Requests_in_flight_count_even_if_they_were_sent_in_the_window_before()
    {
        limits.Return(limits.Take(Post), State(remaining: 4));
        Take(Post, 4);
        time.Advance(TimeSpan.FromSeconds(5));
        Take(Post, 1);
        AssertLimited(Post, RateLimits.RecheckDelay);
    }

    [Test]
    public void Responses_in_another_order_than_the_requests_do_not_refill_a_bucket()
    {
        limits.Return(limits.Take(Post), State(remaining: 4));
        var sent = Take(Post, 3);
        limits.Return(sent[2], State(remaining: 1));
        limits.Return(sent[1], State(remaining: 2));
        limits.Return(sent[0], State(remaining: 3));
        Take(Post, 1);
        AssertLimited(Post, RateLimits.RecheckDelay);
    }

    [Test]
    public void A_response_after_the_end_of_its_window_does_not_refill_the_next_window()
    {
        limits.Return(limits.Take(Post), State(remaining: 4));
        var late = limits.Take(Post);
        time.Advance(TimeSpan.FromSeconds(5));
        limits.Return(limits.Take(Post), State(remaining: 0));
        limits.Return(late, State(remaining: 3, resetAfter: 0.1));
        AssertLimited(Post, TimeSpan.FromSeconds(5));
    }

    [Test]
    public void A_request_without_a_response_counts_and_makes_the_limit_of_the_next_window_unknown()
    {
        limits.Return(limits.Take(Post), State(remaining: 2));
        limits.Return(limits.Take(Post), null);
        limits.Return(limits.Take(Post), null);
        AssertLimited(Post, TimeSpan.FromSeconds(5));

        time.Advance(TimeSpan.FromSeconds(5));
        Take(Post, 1);
        AssertLimited(Post, RateLimits.RecheckDelay);
    }

    [Test]
    public void Routes_share_a_bucket_within_a_channel_but_not_between_channels()
    {
        limits.Return(limits.Take(Post), State(remaining: 1));
        limits.Return(limits.Take(Edit), State(remaining: 0));
        AssertLimited(Post, TimeSpan.FromSeconds(5));
        limits.Take(Post with { Channel = new(2) });
    }

    [Test]
    public void The_limit_per_second_covers_all_routes_and_counts_requests_until_a_second_after_their_responses()
    {
        var sent = Enumerable.Range(1, 45).Select(channel => limits.Take(new(HttpMethod.Post, new(channel)))).ToList();
        AssertAllLimited(RateLimits.RecheckDelay);

        time.Advance(TimeSpan.FromSeconds(2));
        AssertAllLimited(RateLimits.RecheckDelay);

        limits.Return(sent[0], State(remaining: 4));
        time.Advance(TimeSpan.FromSeconds(0.25));
        AssertAllLimited(TimeSpan.FromSeconds(0.75));

        time.Advance(TimeSpan.FromSeconds(0.75));
        limits.Take(new(HttpMethod.Post, new(100)));
        AssertAllLimited(RateLimits.RecheckDelay);
    }

    [Test]
    public void Only_buckets_that_have_reset_are_removed()
    {
        limits.Return(limits.Take(Post), State(remaining: 0, resetAfter: 86_400));

        for (var channel = 2; channel < 20_000; channel++)
        {
            var permit = limits.Take(new(HttpMethod.Post, new(channel)));
            limits.Return(permit, State(remaining: 4));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(limits.Count, Is.LessThan(1100));
        Assert.That(() => limits.Take(Post), Throws.TypeOf<RateLimitedException>().With.Property("Channel").EqualTo(Post.Channel));
    }

    private static BucketState State(int remaining, double resetAfter = 5) =>
        new("bucket", 5, remaining, TimeSpan.FromSeconds(resetAfter));

    private List<RateLimits.Permit> Take(Route route, int count) => [.. Enumerable.Range(0, count).Select(_ => limits.Take(route))];

    private void AssertLimited(Route route, TimeSpan wait)
    {
        var limited = Assert.Throws<RateLimitedException>(() => limits.Take(route));
        Assert.Multiple(() =>
        {
            Assert.That(limited.Channel, Is.EqualTo(route.Channel));
            Assert.That(limited.RetryAfter, Is.EqualTo(wait));
        });
    }

    private void AssertAllLimited(TimeSpan wait)
    {
        var limited = Assert.Throws<RateLimitedException>(() => limits.Take(new(HttpMethod.Post, new(1000))));
        Assert.Multiple(() =>
        {
            Assert.That(limited.Channel, Is.Null);
            Assert.That(limited.RetryAfter, Is.EqualTo(wait));
        });
    }
}
