namespace GameImages.Testing;

/// <summary>A running PostgreSQL with GameImages' roles, for the tests of one process.</summary>
internal interface ITestServer : IAsyncDisposable
{
    /// <returns>A connection string for one of the server's roles, in the form that Npgsql takes.</returns>
    string ConnectionString(string role, string database);
}
