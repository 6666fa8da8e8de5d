using NUnit.Framework;

namespace GameImages.Testing;

/// <summary>A fixture with its own database. Each test starts with the latest schema and without rows.</summary>
public abstract class DatabaseTests
{
    protected TestDatabase Database { get; private set; } = null!;

    protected UseCases UseCases { get; private set; } = null!;

    /// <summary>The caller of the use cases.</summary>
    protected virtual TestCaller Caller => new(UseCases.Guild);

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync()
    {
        Database = await TestDatabase.CreateAsync();
        UseCases = new UseCases(Database, Caller);
    }

    [SetUp]
    public async Task ResetDatabaseAsync()
    {
        if (await Database.TryResetAsync())
            return;

        await DropDatabaseAsync();
        await CreateDatabaseAsync();
    }

    [OneTimeTearDown]
    public async Task DropDatabaseAsync()
    {
        await UseCases.DisposeAsync();
        await Database.DisposeAsync();
    }
}
