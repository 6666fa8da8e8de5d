using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.WebApi;

internal static class DevelopmentDatabase
{
    /// <summary>
    /// In Development: accepts the tokens of "gameimages token", and, when no connection string is set, starts or finds the private
    /// PostgreSQL of GAMEIMAGES_DATA, brings its schema up to date and points the service to it.
    /// </summary>
    /// <returns>This use of the server, to be ended after the service; null when there is none.</returns>
    public static async Task<EmbeddedServer?> StartEmbeddedPostgresAsync(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
            return null;

        // First in the list, so that every other source overrides it.
        var folder = DataFolder.Default();
        builder.Configuration.Sources.Insert(
            0,
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
            {
                InitialData = DevelopmentTokens.BearerSettings(folder),
            });

        if (builder.Configuration.GetSection("ConnectionStrings").GetChildren().Any())
            return null;

        var server = await EmbeddedServer.StartAsync(folder);
        await new SchemaMigrator(server.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(
            SchemaMigrator.LatestVersion,
            CancellationToken.None);
        builder.Configuration["ConnectionStrings:GameImages"] = server.ConnectionString(Roles.App);
        builder.Configuration["ConnectionStrings:PublicImages"] = server.ConnectionString(Roles.Public);
        return server;
    }
}
