using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Games;

/// <summary>A request that is repeated with its key changes the database once and gets the same answer each time.</summary>
public sealed class IdempotencyTests : DatabaseTests
{
    private static readonly ImageContent Content = Pictures.Content(1);

    [TearDown]
    public async Task Expect_exact_counts() => Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);

    [Test]
    public async Task A_repeated_create_gets_the_first_answer_even_after_the_game_was_changed_and_deleted()
    {
        var request = UseCases.NewGame() with { Thumbnail = Content, Key = Key("create") };
        var first = await CreateAsync(request);
        Assert.That(first.IsReplayed, Is.False);
        await ExpectReplayAsync();

        await UseCases.SendAsync(new UpdateGame { Id = first.Value.Id, Title = "Changed" });
        await ExpectReplayAsync();
        await UseCases.SendAsync(new DeleteGame(first.Value.Id));
        await ExpectReplayAsync();
        Assert.That(await GamesAsync(), Is.Zero);

        async Task ExpectReplayAsync() => Assert.That(await CreateAsync(request), Is.EqualTo(first with { IsReplayed = true }));
    }

    [Test]
    public async Task A_repeated_clone_gets_the_first_answer_even_after_the_original_was_deleted()
    {
        var original = await UseCases.CreateGameAsync(Content);
        var request = new CloneGame(original.Id, Key("clone"));
        var first = await UseCases.SendAsync<Answer<GameResponse>>(request);
        await UseCases.SendAsync(new DeleteGame(original.Id));

        Assert.That(await UseCases.SendAsync<Answer<GameResponse>>(request), Is.EqualTo(first with { IsReplayed = true }));
        Assert.That(await GamesAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_repeated_upload_gets_the_first_answer_even_after_the_upload_has_ended()
    {
        var request = new UploadImage(Content, Key: Key("upload"));
        var first = await UseCases.SendAsync<Answer<ImageUpload>>(request);
        Assert.That(await UseCases.SendAsync<Answer<ImageUpload>>(request), Is.EqualTo(first with { IsReplayed = true }));

        await UseCases.SendAsync(new EndUpload(first.Value.Id));
        Assert.That(await UseCases.SendAsync<Answer<ImageUpload>>(request), Is.EqualTo(first with { IsReplayed = true }));
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM game_images"), Is.Zero);
    }

    [Test]
    public async Task A_key_of_another_request_is_refused()
    {
        await CreateAsync(UseCases.NewGame() with { Key = Key("key") });
        var other = Key("key", request: 2);

        Assert.That(() => CreateAsync(UseCases.NewGame() with { Key = other }), Throws.TypeOf<KeyReusedException>());
        Assert.That(() => UseCases.SendAsync(new UploadImage(Content, Key: other)), Throws.TypeOf<KeyReusedException>());
        Assert.That(await GamesAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Twenty_equal_requests_at_once_create_one_game()
    {
        var request = UseCases.NewGame() with { Thumbnail = Content, Key = Key("key") };
        await using var gate = await Database.OpenAsync();
        await using var closed = await gate.BeginTransactionAsync();
        await gate.ExecuteAsync("LOCK TABLE game_images IN SHARE MODE", transaction: closed);
        var first = CreateAsync(request);
        await Database.WaitForWaitersAsync();

        // The first one waits with the key reserved.
        for (var number = 0; number < 10; number++)
            Assert.That(() => CreateAsync(request), Throws.TypeOf<RequestInProgressException>());

        await closed.CommitAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await CreateAsync(request);
            }
            catch (RequestInProgressException)
            {
                return null;
            }
        })));
        var created = await first;
        Assert.That(answers.OfType<Answer<GameResponse>>(), Has.All.EqualTo(created with { IsReplayed = true }));
        Assert.That(await GamesAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Equal_requests_that_start_together_create_one_game()
    {
        for (var round = 0; round < 20; round++)
        {
            var request = UseCases.NewGame() with { Thumbnail = Content, Key = Key($"round {round}") };
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                try
                {
                    return (await CreateAsync(request)).IsReplayed ? "replayed" : "created";
                }
                catch (RequestInProgressException)
                {
                    return "in progress";
                }
            })));
            Assert.That(outcomes.Count(outcome => outcome == "created"), Is.EqualTo(1));
        }

        Assert.That(await GamesAsync(), Is.EqualTo(20));
    }

    [Test]
    public async Task An_expired_key_is_a_new_one()
    {
        var request = UseCases.NewGame() with { Key = Key("key") };
        await CreateAsync(request);
        await Database.ExecuteAsync("UPDATE idempotency_keys SET expires_at = now()");

        Assert.That((await CreateAsync(request with { Title = "Other", Key = Key("key", request: 2) })).IsReplayed, Is.False);
        await Database.ExecuteAsync("UPDATE idempotency_keys SET expires_at = now()");
        await UseCases.SendAsync(new EndExpiredUploads());
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM idempotency_keys"), Is.Zero);
    }

    [Test]
    public async Task The_oldest_of_ten_thousand_keys_of_one_member_are_forgotten()
    {
        await Database.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (user_id, key, fingerprint, answer, created_at, expires_at)
            SELECT member, 'old ' || n, sha256('x'), 'null', now() - n * interval '1 second', now() + interval '1 day'
            FROM generate_series(1, 9999) AS n CROSS JOIN unnest(ARRAY['7', '8']) AS member
            """);
        var request = UseCases.NewGame() with { Key = Key("new") };
        await CreateAsync(request);

        Assert.That((await CreateAsync(request)).IsReplayed, Is.True);
        Assert.That(
            await Database.QueryAsync<string>(
                "SELECT key FROM idempotency_keys WHERE user_id = '7' EXCEPT SELECT 'old ' || n FROM generate_series(1, 999) AS n"),
            Is.EqualTo(new[] { "new" }));
        Assert.That(
            await Database.QueryAsync<long>("SELECT count(*) FROM idempotency_keys GROUP BY user_id ORDER BY user_id"),
            Is.EqualTo(new[] { IdempotencyKey.MaxKept, 9999L }));
    }

    [Category("Long")]
    [TestCase("create")]
    [TestCase("create by id")]
    [TestCase("clone")]
    [TestCase("upload")]
    public async Task A_request_is_carried_out_once_when_its_connection_is_cut_and_the_client_repeats_it(string kind)
    {
        using var proxy = CuttingProxy.Start(Database.ConnectionString(Roles.App));
        await using var disturbed = new UseCases(Database, Caller, connectionString: role => proxy.Through(Database.ConnectionString(role)));
        var uploaded = await UseCases.UploadAsync(Content);
        var original = await UseCases.CreateGameAsync(Content, Pictures.Content(2));
        var requests = 0;
        var replayed = 0;
        var unknown = 0;

        Task<bool> SendAsync(IdempotencyKey key) => kind switch
        {
            "create" => ReplayedAsync(UseCases.NewGame() with { Thumbnail = Pictures.Content(1000 + requests), Key = key }),
            "create by id" => ReplayedAsync(UseCases.NewGame() with { ThumbnailId = uploaded.Id, Key = key }),
            "clone" => ReplayedAsync(new CloneGame(original.Id, key)),
            _ => ReplayedAsync(new UploadImage(Pictures.Content(1000 + requests), Key: key)),
        };
        async Task<bool> ReplayedAsync<T>(MediatR.IRequest<Answer<T>> request) =>
            (await disturbed.SendAsync<Answer<T>>(request)).IsReplayed;

        await SendAsync(Key($"warm up {requests++}"));
        proxy.Begin();
        await SendAsync(Key($"record {requests++}"));
        var answer = proxy.End().Answer;
        var commit = CuttingProxy.LastRoundTrip(answer);
        var positions = CuttingProxy.Positions(answer, ofPart: 1, most: 60).Concat(CuttingProxy.Positions(answer[commit..], 1, 30)
            .Select(position => commit + position));

        foreach (var position in positions)
        {
            var key = Key($"cut {requests}");
            proxy.Begin(position);
            try
            {
                await SendAsync(key);
                proxy.End();
            }
            catch (Exception fault) when (fault is OutcomeUnknownException or RequestInProgressException)
            {
                proxy.End();
                await Database.WaitUntilAloneAsync();
                unknown += fault is OutcomeUnknownException ? 1 : 0;
                replayed += await SendAsync(key) ? 1 : 0;
            }

            Assert.That(await SendAsync(key), Is.True);
            requests++;
        }

        await TestContext.Out.WriteLineAsync($"{requests} requests, {unknown} with an unknown outcome, {replayed} answered by the repetition");
        Assert.That(unknown, Is.Positive);
        Assert.That(replayed, Is.Positive);
        Assert.That(
            await Database.SingleAsync<long>(kind == "upload"
                ? "SELECT count(*) - 1 FROM image_uploads"
                : "SELECT count(*) - 1 FROM game_sessions"),
            Is.EqualTo(requests));
    }

    private static IdempotencyKey Key(string key, int request = 1) => new(key, Pictures.Content(request).Hash);

    private Task<Answer<GameResponse>> CreateAsync(CreateGame request) => UseCases.SendAsync<Answer<GameResponse>>(request);

    private Task<long> GamesAsync() => Database.SingleAsync<long>("SELECT count(*) FROM game_sessions");
}
