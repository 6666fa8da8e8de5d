using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Configuration.Memory;

namespace GameImages.Bot;

internal static class DevelopmentDatabase
{
    /// <summary>
    /// In Development, when no connection string is set: starts or finds the private PostgreSQL of GAMEIMAGES_DATA, as the service does, and
    /// points the bot to it.
    /// </summary>
    /// <returns>This use of the server, to be ended after the bot; null when there is none.</returns>
    public static async Task<EmbeddedServer?> StartEmbeddedPostgresAsync(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || builder.Configuration.GetSection("ConnectionStrings").GetChildren().Any())
            return null;

        var server = await EmbeddedServer.StartAsync(DataFolder.Default());
        await new SchemaMigrator(server.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(
            SchemaMigrator.LatestVersion,
            CancellationToken.None);

        // First in the list, so that every other source overrides it.
        builder.Configuration.Sources.Insert(
            0,
            new MemoryConfigurationSource { InitialData = [new("ConnectionStrings:Bot", server.ConnectionString(Roles.Bot))] });
        return server;
    }
}
