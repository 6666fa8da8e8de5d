using GameImages.Application.Announcements;
using GameImages.Application.Images;
using GameImages.Infrastructure.Announcements;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Infrastructure.Settings;
using GameImages.Infrastructure.Variants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>What the programs beside the service need: the bot, and the worker that makes variants.</summary>
public static class WorkerServices
{
    private const string Defaults = $"{InfrastructureServices.Defaults};Keepalive=15";

    extension(IServiceCollection services)
    {
        /// <summary>Adds the ports of the bot over PostgreSQL, and a health check named "schema".</summary>
        /// <param name="checkRole">Whether a connection is refused if its role has more privileges than the bot needs.</param>
        /// <exception cref="InvalidSettingException">ConnectionStrings:Bot is missing or unreadable.</exception>
        public IServiceCollection AddOutbox(IConfiguration configuration, bool checkRole)
        {
            DapperTypes.Register();

            services.AddPool(Pool.Bot, PoolSettings.Read(configuration, "Bot", Defaults, mayReadGames: true), checkRole);
            services.AddSingleton<BotDatabase>();
            services.AddSingleton<IOutbox, Outbox>();
            services.AddSingleton<IGuildChannels, GuildChannels>();
            services.AddSingleton<IAnnouncedGameReader, AnnouncedGameReader>();
            var signal = new OutboxSignal();
            services.AddSingleton(signal);
            services.AddSingleton<IOutboxSignal>(signal);
            services.AddHostedService<OutboxListener>();
            services.TryAddSingleton(TimeProvider.System);
            services.AddMetrics();
            return services.AddSchemaCheck(Pool.Bot).AddRetry(Pool.Bot);
        }

        /// <summary>Adds the images without variants over PostgreSQL, and a health check named "schema".</summary>
        /// <param name="checkRole">Whether a connection is refused if its role has more privileges than the worker needs.</param>
        /// <exception cref="InvalidSettingException">ConnectionStrings:Variants is missing or unreadable.</exception>
        public IServiceCollection AddVariantBacklog(IConfiguration configuration, bool checkRole)
        {
            DapperTypes.Register();

            var settings = PoolSettings.Read(configuration, "Variants", Defaults, mayReadGames: false);
            services.AddPool(Pool.Variants, settings.With(connection => connection.Pooling = false), checkRole);
            services.AddSingleton<VariantDatabase>();
            services.AddSingleton<NotificationSignal>();
            services.AddSingleton<IVariantBacklog, VariantBacklog>();
            services.AddHostedService<VariantListener>();
            services.TryAddSingleton(TimeProvider.System);
            services.AddMetrics();
            return services.AddSchemaCheck(Pool.Variants).AddRetry(Pool.Variants);
        }

        internal IServiceCollection AddSchemaCheck(Pool pool)
        {
            services.AddSingleton(provider =>
                ActivatorUtilities.CreateInstance<SchemaHealthCheck>(provider, provider.GetRequiredKeyedService<NpgsqlDataSource>(pool)));
            services.AddHealthChecks().Add(new("schema", provider => provider.GetRequiredService<SchemaHealthCheck>(), null, null));
            return services;
        }
    }
}
