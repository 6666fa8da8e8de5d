using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;

namespace GameImages.Hosting;

/// <summary>The embedded PostgreSQL server that a program uses in Development.</summary>
public static class DevelopmentDatabase
{
    /// <summary>
    /// In Development, when no connection string is set: starts or finds the private PostgreSQL server of GAMEIMAGES_DATA, migrates its
    /// schema to the latest version, and sets the connection strings of the program.
    /// </summary>
    /// <param name="roles">The database role of each connection string, by the name of the connection string.</param>
    /// <returns>
    /// The program's use of the server, to be disposed of after the program has stopped. Null if the program uses another server.
    /// </returns>
    /// <exception cref="EmbeddedServerException">The server could not be started.</exception>
    public static async Task<EmbeddedServer?> StartEmbeddedPostgresAsync(
        this WebApplicationBuilder builder, IReadOnlyDictionary<string, string> roles)
    {
        if (!builder.Environment.IsDevelopment() || builder.Configuration.GetSection("ConnectionStrings").GetChildren().Any())
            return null;

        var server = await EmbeddedServer.StartAsync(DataFolder.Default());
        var migrator = new SchemaMigrator(server.ConnectionString(EmbeddedServer.Owner));
        await migrator.MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None);
        builder.Configuration.AddDefaults(roles.ToDictionary(
            role => $"ConnectionStrings:{role.Key}", role => (string?)server.ConnectionString(role.Value)));
        return server;
    }

    /// <summary>Adds settings that every other source overrides.</summary>
    public static void AddDefaults(this IConfigurationBuilder configuration, IEnumerable<KeyValuePair<string, string?>> settings) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = settings });
}
