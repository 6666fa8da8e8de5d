using GameImages.Testing;

namespace GameImages.Application.Tests;

/// <summary>A fixture for use cases, with its own database.</summary>
public abstract class UseCaseTests
{
    protected TestDatabase Database { get; private set; } = null!;

    protected UseCases UseCases { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Create_the_database()
    {
        Database = await TestDatabase.CreateAsync();
        UseCases = new UseCases(Database);
    }

    [OneTimeTearDown]
    public async Task Drop_the_database()
    {
        await UseCases.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <returns>The reference count of an image, or null if it is not stored.</returns>
    protected async Task<int?> CountAsync(Guid? id) =>
        (await Database.QueryAsync<int?>("SELECT reference_count FROM game_images WHERE id = @id", new { id })).SingleOrDefault();
}
