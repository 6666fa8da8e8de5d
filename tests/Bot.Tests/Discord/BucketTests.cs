using GameImages.Bot.Discord;
using GameImages.Domain.Games;
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
    public void Of_a_route_that_is_not_known_one_request_learns()
    {
        var first = limits.Take(Post);
        AssertLimited(Post, RateLimits.Soon);

        limits.Return(first, Standing(remaining: 2));
        Take(Post, 2);
        AssertLimited(Post, RateLimits.Soon);
    }

    [Test]
    public void Requests_under_way_count_and_so_do_those_of_the_window_before()
    {
        limits.Return(limits.Take(Post), Standing(remaining: 4));
        Take(Post, 4);
        time.Advance(TimeSpan.FromSeconds(5));
        Take(Post, 1);
        AssertLimited(Post, RateLimits.Soon);
    }

    [Test]
    public void Answers_that_overtake_each_other_do_not_refill_a_bucket()
    {
        limits.Return(limits.Take(Post), Standing(remaining: 4));
        var sent = Take(Post, 3);
        limits.Return(sent[2], Standing(remaining: 1));
        limits.Return(sent[1], Standing(remaining: 2));
        limits.Return(sent[0], Standing(remaining: 3));
        Take(Post, 1);
        AssertLimited(Post, RateLimits.Soon);
    }

    [Test]
    public void An_answer_that_comes_after_its_window_does_not_refill_the_next()
    {
        limits.Return(limits.Take(Post), Standing(remaining: 4));
        var late = limits.Take(Post);
        time.Advance(TimeSpan.FromSeconds(5));
        limits.Return(limits.Take(Post), Standing(remaining: 0));
        limits.Return(late, Standing(remaining: 3, resetAfter: 0.1));
        AssertLimited(Post, TimeSpan.FromSeconds(5));
    }

    [Test]
    public void A_request_without_an_answer_counts_and_the_next_window_is_learnt_anew()
    {
        limits.Return(limits.Take(Post), Standing(remaining: 2));
        limits.Return(limits.Take(Post), null);
        limits.Return(limits.Take(Post), null);
        AssertLimited(Post, TimeSpan.FromSeconds(5));

        time.Advance(TimeSpan.FromSeconds(5));
        Take(Post, 1);
        AssertLimited(Post, RateLimits.Soon);
    }

    [Test]
    public void Routes_with_one_bucket_share_it_in_a_channel_and_not_between_channels()
    {
        limits.Return(limits.Take(Post), Standing(remaining: 1));
        limits.Return(limits.Take(Edit), Standing(remaining: 0));
        AssertLimited(Post, TimeSpan.FromSeconds(5));
        limits.Take(Post with { Channel = new(2) });
    }

    [Test]
    public void Between_all_routes_no_more_than_the_limit_is_sent_in_any_second_under_way_or_answered()
    {
        var sent = Enumerable.Range(1, 45).Select(channel => limits.Take(new(HttpMethod.Post, new(channel)))).ToList();
        AssertAllLimited(RateLimits.Soon);

        time.Advance(TimeSpan.FromSeconds(2));
        AssertAllLimited(RateLimits.Soon);

        limits.Return(sent[0], Standing(remaining: 4));
        time.Advance(TimeSpan.FromSeconds(0.25));
        AssertAllLimited(TimeSpan.FromSeconds(0.75));

        time.Advance(TimeSpan.FromSeconds(0.75));
        limits.Take(new(HttpMethod.Post, new(100)));
        AssertAllLimited(RateLimits.Soon);
    }

    [Test]
    public void Buckets_that_have_reset_are_forgotten_and_others_are_not()
    {
        limits.Return(limits.Take(Post), Standing(remaining: 0, resetAfter: 86_400));

        for (var channel = 2; channel < 20_000; channel++)
        {
            var permit = limits.Take(new(HttpMethod.Post, new(channel)));
            limits.Return(permit, Standing(remaining: 4));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(limits.Count, Is.LessThan(1100));
        Assert.That(() => limits.Take(Post), Throws.TypeOf<RateLimitedException>().With.Property("Channel").EqualTo(Post.Channel));
    }

    private static Standing Standing(int remaining, double resetAfter = 5) =>
        new("bucket", 5, remaining, TimeSpan.FromSeconds(resetAfter));

    private List<RateLimits.Permit> Take(Route route, int count) => [.. Enumerable.Range(0, count).Select(_ => limits.Take(route))];

    private void AssertLimited(Route route, TimeSpan wait)
    {
        var limited = Assert.Throws<RateLimitedException>(() => limits.Take(route));
        Assert.That((limited.Channel, limited.RetryAfter), Is.EqualTo(((Snowflake?)route.Channel, wait)));
    }

    private void AssertAllLimited(TimeSpan wait)
    {
        var limited = Assert.Throws<RateLimitedException>(() => limits.Take(new(HttpMethod.Post, new(1000))));
        Assert.That((limited.Channel, limited.RetryAfter), Is.EqualTo(((Snowflake?)null, wait)));
    }
}
