using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Settings;
using GameImages.Infrastructure.Uploads;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace GameImages.Infrastructure;

public static class InfrastructureServices
{
    // The connection string comes after these defaults and overrides them. Prepared statements are planned once per connection. All
    // session state ends with its transaction, so no reset is needed. A reset would also discard the server's plans for the foreign keys.
    // All pools of one service together stay below the 97 connections that PostgreSQL gives to roles by default.
    internal const string Defaults =
        "Max Auto Prepare=50;Auto Prepare Min Usages=2;No Reset On Close=true;Include Failed Batched Command=true;"
        + "Command Timeout=15;Maximum Pool Size=40";

    // A larger buffer sends an image in fewer pieces.
    private const string UploadDefaults = $"{Defaults};Write Buffer Size=131072";

    private const string PublicDefaults = $"{Defaults};Maximum Pool Size=30";

    // The longest time that a list waits for a connection. Its own time limit begins after that.
    private const int ListTimeoutSeconds = 5;

    // This limit applies to opening the connection, and again to the query.
    private const int HealthTimeoutSeconds = 2;

    extension(IServiceCollection services)
    {
        /// <summary>Adds the ports of the application over PostgreSQL, and a health check named "schema".</summary>
        /// <param name="checkRoles">
        /// Whether a connection is refused if its role has more privileges than it needs. True except in Development.
        /// </param>
        /// <param name="cacheBytes">The number of bytes that cached public images may take; 0 turns the cache off.</param>
        /// <exception cref="InvalidSettingException">
        /// ConnectionStrings:GameImages or ConnectionStrings:PublicImages is missing or unreadable, or
        /// ConnectionStrings:Changes is unreadable.
        /// </exception>
        public IServiceCollection AddInfrastructure(IConfiguration configuration, bool checkRoles, long cacheBytes = 0)
        {
            DapperTypes.Register();

            var games = PoolSettings.Read(configuration, "GameImages", Defaults, mayReadGames: true);
            var (rest, lists, searches) = Shares(games.Connection.MaxPoolSize);
            var uploads = PoolSettings.Read(configuration, "GameImages", UploadDefaults, mayReadGames: true);
            services.AddPool(Pool.Games, uploads.WithConnections(rest), checkRoles);
            var patient = games.With(connection => connection.Timeout = ListTimeoutSeconds);
            services.AddPool(Pool.Lists, patient.WithConnections(lists), checkRoles);
            services.AddPool(Pool.Searches, patient.WithConnections(searches), checkRoles);
            var health = games.With(connection => connection.Timeout = connection.CommandTimeout = HealthTimeoutSeconds);
            services.AddPool(Pool.Health, health.WithConnections(1), checkRoles);
            var images = PoolSettings.Read(configuration, "PublicImages", PublicDefaults, mayReadGames: false);
            services.AddPool(Pool.PublicImages, images, checkRoles);
            services.AddSingleton<GameDatabase>();
            services.AddSingleton<ListDatabase>();
            services.AddSingleton<PublicDatabase>();
            services.AddSingleton<NewGames>();
            services.AddScoped<IGameLedger, GameLedger>();
            services.AddScoped<IReferenceLedger, GameLedger>();
            services.AddScoped<IGameReader, GameReader>();
            services.AddScoped<IUploadLedger, UploadLedger>();
            services.AddScoped<IImageLibrary, ImageLibrary>();
            services.TryAddSingleton(new Quotas());
            services.TryAddSingleton(VariantWidths.Default);
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PublicImages>(provider, cacheBytes));
            services.AddSingleton<IPublicImages>(provider => provider.GetRequiredService<PublicImages>());
            if (cacheBytes > 0)
            {
                var name = string.IsNullOrEmpty(configuration.GetConnectionString("Changes")) ? "PublicImages" : "Changes";
                var changes = PoolSettings.Read(configuration, name, PublicDefaults, mayReadGames: false);
                services.AddPool(Pool.Changes, changes.With(connection => connection.Pooling = false), checkRoles);
                services.AddSingleton<ChangesDatabase>();
                services.AddHostedService<ImageChangeListener>();
            }

            services.TryAddSingleton(TimeProvider.System);
            services.AddMetrics();
            services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TransactionRetry<,>));
            return services.AddSchemaCheck(Pool.Health).AddRetry(Pool.Games);
        }
    }

    /// <summary>
    /// Connects once as each role of the program, to find a role with too many privileges, or a pooler, at the start.
    /// </summary>
    /// <exception cref="TooPowerfulRoleException">A role has too many privileges. The message names both.</exception>
    /// <exception cref="InvalidSettingException">A connection string leads through a pooler, and may not.</exception>
    /// <exception cref="NpgsqlException">
    /// The database cannot be reached. The roles are then checked when connections are opened.
    /// </exception>
    public static async Task CheckRolesAsync(this IServiceProvider services)
    {
        foreach (var pool in new[] { Pool.Games, Pool.PublicImages, Pool.Changes, Pool.Bot, Pool.Variants })
        {
            // Each program has its own pools. Only a service that caches images has a listener.
            if (services.GetKeyedService<NpgsqlDataSource>(pool) is not { } source)
                continue;

            await using var connection = await source.OpenConnectionAsync();
        }
    }

    // Lists get a fifth of the connections of the connection string, and searches a twentieth. Writes and single reads get the rest.
    private static (int Games, int Lists, int Searches) Shares(int connections)
    {
        var lists = Math.Max(1, connections / 5);
        var searches = Math.Max(1, connections / 20);
        return (Math.Max(1, connections - lists - searches), lists, searches);
    }
}
