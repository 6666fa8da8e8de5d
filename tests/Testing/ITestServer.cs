namespace GameImages.Testing;

/// <summary>A running PostgreSQL with the roles of GameImages, for the tests of one process.</summary>
internal interface ITestServer : IAsyncDisposable
{
    /// <returns>An Npgsql connection string for a role and a database.</returns>
    string ConnectionString(string role, string database);
}
