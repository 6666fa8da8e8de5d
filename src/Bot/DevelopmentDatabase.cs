using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Configuration.Memory;

namespace GameImages.Bot;

internal static class DevelopmentDatabase
{
    /// <summary>
    /// Starts or finds the private PostgreSQL of GAMEIMAGES_DATA and sets the bot's connection string. It does so only in Development and
    /// only when no connection string is set. The service does the same.
    /// </summary>
    /// <returns>The server, which the caller disposes after the bot; null when a connection string is set.</returns>
    public static async Task<EmbeddedServer?> StartEmbeddedPostgresAsync(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || builder.Configuration.GetSection("ConnectionStrings").GetChildren().Any())
            return null;

        var server = await EmbeddedServer.StartAsync(DataFolder.Default());
        await new SchemaMigrator(server.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(
            SchemaMigrator.LatestVersion,
            CancellationToken.None);

        // It is the first source, so every other source overrides it.
        builder.Configuration.Sources.Insert(
            0,
            new MemoryConfigurationSource { InitialData = [new("ConnectionStrings:Bot", server.ConnectionString(Roles.Bot))] });
        return server;
    }
}
