using GameImages.Domain.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Images;
using GameImages.Testing;
using NUnit.Framework.Constraints;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>Purges on a fresh database for each test, which is consistent afterwards.</summary>
public abstract class PurgeTests
{
    private static readonly ImageContent[] Contents = [.. Enumerable.Range(0, 2).Select(Pictures.Content).OrderBy(content => content.Hash)];

    /// <summary>The one that is locked first: who stores both pictures has stored it when he waits for the other one.</summary>
    protected static ImageContent Purged => Contents[0];

    protected static ImageContent Other => Contents[1];

    protected static Constraint IsBlocked => Throws.TypeOf<ImageRefusedException>().With.Property("Refusal").EqualTo(ImageRefusal.Blocked);

    protected TestDatabase Database { get; private set; } = null!;

    protected UseCases UseCases { get; private set; } = null!;

    protected OperatorDatabase Operators { get; private set; } = null!;

    protected ImagePurge Purge { get; private set; } = null!;

    [SetUp]
    public async Task Create_the_database()
    {
        Database = await TestDatabase.CreateAsync();
        UseCases = new UseCases(Database);
        Operators = new OperatorDatabase(Database.ConnectionString(EmbeddedServer.Superuser));
        Purge = new ImagePurge(Operators);
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
        await Operators.DisposeAsync();
        await UseCases.DisposeAsync();
        await Database.DisposeAsync();
    }

    protected Task<Purge> PurgeAsync(ImageContent content, bool block = false) => Purge.RunAsync([content.Hash], block, null, CancellationToken.None);

    protected async Task IsGoneAsync(ImageContent content) =>
        Assert.That(await Database.QueryAsync<Guid>("SELECT id FROM game_images WHERE content_hash = @hash", new { hash = content.Hash.ToDigest() }), Is.Empty);
}
