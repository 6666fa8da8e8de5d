using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>
/// The role of the service tries, by SQL, what its code never does. Member 7 of guild 42 wants the images, uploads, keys and counts of
/// guild 43 and of member 8.
/// </summary>
public sealed class UploadTenancyTests
{
    private const string Insert =
        "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id) "
        + "VALUES (42, 5, 7, 'x', now(), @image)";

    private TestDatabase database = null!;
    private Guid own;
    private Guid shown;
    private Guid uploaded;
    private Guid expired;
    private Guid ofColleague;

    [OneTimeSetUp]
    public async Task Create_images_of_several_members()
    {
        DapperTypes.Register();
        database = await TestDatabase.CreateAsync();
        await using var member = new UseCases(database, new TestCaller(42));
        await using var colleague = new UseCases(database, new TestCaller(42) { Id = "9" });
        await using var stranger = new UseCases(database, new TestCaller(43) { Id = "8" });
        await member.CreateGameAsync();
        own = (await member.UploadAsync(Pictures.Content(1), 42)).Id;
        expired = (await member.UploadAsync(Pictures.Content(2))).Id;
        ofColleague = (await colleague.UploadAsync(Pictures.Content(3), 42)).Id;
        shown = (await stranger.CreateGameAsync(Pictures.Content(4), guild: 43)).ThumbnailId!.Value;
        uploaded = (await stranger.UploadAsync(Pictures.Content(5), 43)).Id;
        await stranger.SendAsync(UseCases.NewGame(43) with { Key = new("key", Pictures.Content(5).Hash) });
        await database.ExecuteAsync("UPDATE image_uploads SET expires_at = now() WHERE image_id = @expired", new { expired });
    }

    [OneTimeTearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task A_game_may_show_the_upload_of_the_member()
    {
        Assert.That(await TryAsync(Insert, own), Is.EqualTo(1));
        Assert.That(await TryAsync("UPDATE game_sessions SET banner_image_id = @image", own), Is.EqualTo(1));
    }

    [TestCase(Insert, "thumbnail_id")]
    [TestCase("UPDATE game_sessions SET thumbnail_id = @image", "thumbnail_id")]
    [TestCase("UPDATE game_sessions SET banner_image_id = @image", "banner_image_id")]
    public void A_game_cannot_show_any_other_image(string sql, string column)
    {
        foreach (var image in new[] { shown, uploaded, expired, ofColleague })
        {
            Assert.That(
                () => TryAsync(sql, image),
                Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo("GI423").And.Property("ColumnName").EqualTo(column));
        }
    }

    [Test]
    public void A_member_cannot_upload_an_image_without_its_bytes_or_for_another_guild()
    {
        foreach (var (image, guild) in new[] { (shown, 42), (uploaded, 42), (ofColleague, 42), (own, 43) })
        {
            Assert.That(
                () => TryAsync(
                    $"INSERT INTO image_uploads (image_id, user_id, guild_id, expires_at) VALUES (@image, '7', {guild}, now())", image),
                Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
        }
    }

    [Test]
    public void A_member_cannot_move_an_upload_to_another_guild() => Assert.That(
        () => TryAsync("UPDATE image_uploads SET guild_id = 43 WHERE image_id = @image", own),
        Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));

    [TestCase("SELECT FROM image_uploads WHERE user_id <> '7'")]
    [TestCase("UPDATE image_uploads SET expires_at = now() WHERE image_id <> @image AND expires_at > now()")]
    [TestCase("DELETE FROM image_uploads WHERE image_id <> @image AND expires_at > now()")]
    [TestCase("SELECT FROM idempotency_keys")]
    [TestCase("DELETE FROM idempotency_keys")]
    [TestCase("SELECT FROM guild_images WHERE guild_id <> 42")]
    [TestCase("SELECT FROM guild_usage WHERE guild_id <> 42")]
    public async Task Rows_of_others_are_hidden(string sql)
    {
        // The own rows are hidden by the conditions, so any row that is left belongs to others.
        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await BeginAsync(connection);
        var rows = sql.StartsWith("SELECT", StringComparison.Ordinal)
            ? await connection.ExecuteScalarAsync<int>($"SELECT count(*)::int FROM ({sql}) AS row", new { image = own })
            : await connection.ExecuteAsync(sql, new { image = own });
        Assert.That(rows, Is.Zero);
    }

    [TestCase("INSERT INTO guild_images (image_id, guild_id, byte_length, games) VALUES (@image, 42, 1, 1)")]
    [TestCase("UPDATE guild_images SET games = 1")]
    [TestCase("DELETE FROM guild_images")]
    [TestCase("TRUNCATE guild_images")]
    [TestCase("INSERT INTO guild_usage (guild_id) VALUES (41)")]
    [TestCase("UPDATE guild_usage SET bytes = 0")]
    [TestCase("DELETE FROM guild_usage")]
    [TestCase("UPDATE image_uploads SET image_id = @image")]
    [TestCase("UPDATE image_uploads SET user_id = '7'")]
    [TestCase("UPDATE image_uploads SET is_used = true")]
    [TestCase("INSERT INTO image_uploads (image_id, user_id, expires_at) VALUES (@image, '8', now())")]
    [TestCase("INSERT INTO idempotency_keys (user_id, key, fingerprint, expires_at) VALUES ('8', 'x', sha256('x'), now())")]
    [TestCase("UPDATE idempotency_keys SET fingerprint = sha256('x')")]
    [TestCase("SELECT count_guild_image(42, @image, 1, 0)")]
    [TestCase("SELECT check_quota('x', 1, 1, 1)")]
    public void Counts_owners_and_answers_cannot_be_written(string sql) => Assert.That(
        () => TryAsync(sql, own),
        Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));

    [Test]
    public async Task The_key_of_another_member_finds_no_answer()
    {
        await using var member = new UseCases(database, new TestCaller(43));
        var key = new IdempotencyKey("key", Pictures.Content(5).Hash);
        var answer = await member.SendAsync<Answer<GameResponse>>(UseCases.NewGame(43) with { Key = key });

        Assert.That(answer.IsReplayed, Is.False);
        await member.SendAsync(new DeleteGame(answer.Value.Id));
    }

    [Test]
    public async Task A_member_cannot_end_the_upload_of_another_member()
    {
        await using var member = new UseCases(database, new TestCaller(42));
        foreach (var image in new[] { uploaded, ofColleague, shown })
            Assert.That(() => member.SendAsync(new EndUpload(image)), Throws.TypeOf<NotFoundException>());
    }

    private static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "SELECT set_config('app.current_guild_ids', '42', true), set_config('app.current_user_id', '7', true)");
        return transaction;
    }

    // The transaction is always rolled back.
    private async Task<int> TryAsync(string sql, Guid image)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await BeginAsync(connection);
        return await connection.ExecuteAsync(sql, new { image });
    }
}
