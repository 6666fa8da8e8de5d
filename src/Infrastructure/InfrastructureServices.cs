using GameImages.Application;
using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Infrastructure.Announcements;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
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
    private const string Defaults =
        "Max Auto Prepare=50;Auto Prepare Min Usages=2;No Reset On Close=true;Include Failed Batched Command=true;"
        + "Command Timeout=15;Maximum Pool Size=40";

    // A picture is sent in fewer pieces.
    private const string UploadDefaults = $"{Defaults};Write Buffer Size=131072";

    private const string PublicDefaults = $"{Defaults};Maximum Pool Size=30";

    // The longest time that a list waits for a connection. Its own time limit begins after that.
    private const int ListTimeoutSeconds = 5;

    // This limit applies to opening the connection, and again to the query.
    private const int HealthTimeoutSeconds = 2;

    extension(IServiceCollection services)
    {
        /// <summary>Adds the ports of the application over PostgreSQL, and a health check named "schema".</summary>
        /// <param name="checkRoles">Whether connections of a role that may do more than it needs are refused, as they should be outside of development.</param>
        /// <param name="cacheBytes">How much of the public pictures stays in memory; 0 for nothing.</param>
        /// <exception cref="InvalidSettingException">
        /// ConnectionStrings:GameImages or ConnectionStrings:PublicImages is missing or unreadable, or
        /// ConnectionStrings:Changes is unreadable.
        /// </exception>
        public IServiceCollection AddInfrastructure(IConfiguration configuration, bool checkRoles, long cacheBytes = 0)
        {
            DapperTypes.Register();

            var games = DataSource(configuration, "GameImages", UploadDefaults, checkRoles, mayReadGames: true);
            var (pool, lists, searches) = Shares(games.ConnectionStringBuilder.MaxPoolSize);
            games.ConnectionStringBuilder.MaxPoolSize = pool;
            games.ConnectionStringBuilder.MinPoolSize = Math.Min(games.ConnectionStringBuilder.MinPoolSize, pool);
            services.AddSingleton(_ => new GameDatabase(games.Build()));
            services.AddSingleton(_ => new ListDatabase(Own(lists, ListTimeoutSeconds), Own(searches, ListTimeoutSeconds)));
            services.AddSingleton(_ => new HealthDatabase(Own(connections: 1, HealthTimeoutSeconds, HealthTimeoutSeconds)));

            var images = DataSource(configuration, "PublicImages", PublicDefaults, checkRoles, mayReadGames: false);
            services.AddSingleton(_ => new PublicDatabase(images.Build()));
            services.AddSingleton<NewGames>();
            services.AddScoped<IReferenceLedger, ReferenceLedger>();
            services.AddScoped<IGameReader, GameReader>();

            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PublicImages>(provider, cacheBytes));
            services.AddSingleton<IPublicImages>(provider => provider.GetRequiredService<PublicImages>());
            if (cacheBytes > 0)
            {
                var name = string.IsNullOrEmpty(configuration.GetConnectionString("Changes")) ? "PublicImages" : "Changes";
                var changes = DataSource(configuration, name, PublicDefaults, checkRoles, mayReadGames: false);
                changes.ConnectionStringBuilder.Pooling = false;
                services.AddSingleton(_ => new ChangesDatabase(changes.Build()));
                services.AddHostedService<ImageChanges>();
            }

            services.TryAddSingleton(TimeProvider.System);
            services.AddMetrics();
            services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TransactionRetry<,>));

            return services.AddSchemaCheck<HealthDatabase>(database => database.Source);

            NpgsqlDataSource Own(int connections, int timeout, int? commandTimeout = null)
            {
                var own = DataSource(configuration, "GameImages", Defaults, checkRoles, mayReadGames: true);
                own.ConnectionStringBuilder.MaxPoolSize = connections;
                own.ConnectionStringBuilder.MinPoolSize = Math.Min(own.ConnectionStringBuilder.MinPoolSize, connections);
                own.ConnectionStringBuilder.Timeout = timeout;
                own.ConnectionStringBuilder.CommandTimeout = commandTimeout ?? own.ConnectionStringBuilder.CommandTimeout;
                return own.Build();
            }
        }

        /// <summary>Adds what the bot needs of the database, and a health check named "schema".</summary>
        /// <param name="checkRole">As of the service.</param>
        /// <exception cref="InvalidSettingException">ConnectionStrings:Bot is missing or unreadable.</exception>
        public IServiceCollection AddOutbox(IConfiguration configuration, bool checkRole)
        {
            DapperTypes.Register();

            var source = DataSource(configuration, "Bot", $"{Defaults};Keepalive=15", checkRole, mayReadGames: true);
            services.AddSingleton(_ => new BotDatabase(source.Build()));
            services.AddSingleton<IOutbox, Outbox>();
            services.AddSingleton<IGuildChannels, GuildChannels>();
            services.AddSingleton<IAnnouncedGames, AnnouncedGames>();
            services.AddSingleton<OutboxListener>();
            services.AddSingleton<IOutboxSignal>(provider => provider.GetRequiredService<OutboxListener>());
            services.AddHostedService(provider => provider.GetRequiredService<OutboxListener>());
            services.TryAddSingleton(TimeProvider.System);
            services.AddMetrics();

            return services.AddSchemaCheck<BotDatabase>(database => database.Source);
        }

        private IServiceCollection AddSchemaCheck<TDatabase>(Func<TDatabase, NpgsqlDataSource> source)
            where TDatabase : notnull
        {
            services.AddSingleton<RetryPipeline>();
            services.AddSingleton(provider =>
                ActivatorUtilities.CreateInstance<SchemaHealthCheck>(provider, source(provider.GetRequiredService<TDatabase>())));
            services.AddHealthChecks().Add(new("schema", provider => provider.GetRequiredService<SchemaHealthCheck>(), null, null));
            return services;
        }
    }

    /// <summary>Connects as each of the service's roles once, so that one that may do too much is found before the first request.</summary>
    /// <exception cref="TooPowerfulRoleException">There is one; it says which and why.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached. Connections that are opened later are checked as well.</exception>
    public static async Task CheckRolesAsync(this IServiceProvider services)
    {
        await using var games = await services.GetRequiredService<GameDatabase>().Source.OpenConnectionAsync();
        await using var images = await services.GetRequiredService<PublicDatabase>().Source.OpenConnectionAsync();
        await using var listener = services.GetService<ChangesDatabase>() is { } changes
            ? await changes.Source.OpenConnectionAsync()
            : null;
    }

    // Lists get a fifth of the connections of the connection string, and searches a twentieth. Writes and single reads get the rest.
    private static (int Games, int Lists, int Searches) Shares(int connections)
    {
        var (lists, searches) = (Math.Max(1, connections / 5), Math.Max(1, connections / 20));
        return (Math.Max(1, connections - lists - searches), lists, searches);
    }

    private static NpgsqlDataSourceBuilder Builder(string name, string defaults, string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidSettingException($"ConnectionStrings:{name} is not set: the service needs a role for the games and one for the public images, and the bot one of its own.");

        try
        {
            var builder = new NpgsqlDataSourceBuilder($"{defaults};{connectionString}");
            return builder.ConnectionStringBuilder.Host is null ? throw new InvalidSettingException($"ConnectionStrings:{name} names no Host.") : builder;
        }
        catch (ArgumentException unreadable)
        {
            throw new InvalidSettingException($"ConnectionStrings:{name} is no connection string: {unreadable.Message}");
        }
    }

    private static NpgsqlDataSourceBuilder DataSource(IConfiguration configuration, string name, string defaults, bool checkRole, bool mayReadGames)
    {
        var builder = Builder(name, defaults, configuration.GetConnectionString(name));

        if (checkRole)
        {
            builder.UsePhysicalConnectionInitializer(
                _ => throw new NotSupportedException("Connections are opened asynchronously."),
                connection => RoleCheck.RunAsync(connection, name, mayReadGames));
        }

        return builder;
    }
}
