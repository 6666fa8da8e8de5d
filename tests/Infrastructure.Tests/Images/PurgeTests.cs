using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Images;
using GameImages.Testing;
using NUnit.Framework.Constraints;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>A fixture for purges. It checks after each test that the database is consistent.</summary>
public abstract class PurgeTests : DatabaseTests
{
    private static readonly ImageContent[] Contents =
        [.. Enumerable.Range(0, 2).Select(Pictures.Content).OrderBy(content => content.Hash)];

    /// <summary>The image that is locked first. A request that stores both images has stored it when it waits for the other one.</summary>
    protected static ImageContent Purged => Contents[0];

    protected static ImageContent Other => Contents[1];

    protected static Constraint IsBlocked => Throws.TypeOf<ImageRefusedException>().With.Property("Refusal").EqualTo(ImageRefusal.Blocked);

    protected OperatorDatabase Operators { get; private set; } = null!;

    protected ImagePurge Purge { get; private set; } = null!;

    [SetUp]
    public void Connect()
    {
        Operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser));
        Purge = new ImagePurge(Operators);
    }

    [TearDown]
    public async Task Check_consistency_and_disconnect()
    {
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
        await Operators.DisposeAsync();
    }

    protected Task<Purge> PurgeAsync(ImageContent content, bool block = false) =>
        Purge.RunAsync([content.Hash], block, null, CancellationToken.None);

    protected async Task AssertDeletedAsync(ImageContent content) =>
        Assert.That(
            await Database.QueryAsync<Guid>(
                "SELECT id FROM game_images WHERE content_hash = @hash", new { hash = content.Hash.ToDigest() }),
            Is.Empty);
}
