using GameImages.Application.Games;
using GameImages.Application.Images;
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
    extension(IServiceCollection services)
    {
        /// <summary>Adds the ports of the application over PostgreSQL, and a health check named "schema".</summary>
        /// <exception cref="InvalidOperationException">ConnectionStrings:GameImages is not set.</exception>
        public IServiceCollection AddInfrastructure(IConfiguration configuration)
        {
            DapperTypes.Register();

            var games = configuration.GetConnectionString("GameImages")
                ?? throw new InvalidOperationException("ConnectionStrings:GameImages is not set: it names the database of the games.");
            var images = configuration.GetConnectionString("PublicImages") ?? games;

            services.AddSingleton(_ => new GameDatabase(NpgsqlDataSource.Create(games)));
            services.AddSingleton(_ => new PublicDatabase(NpgsqlDataSource.Create(images)));
            services.AddScoped<IImageLedger, ImageLedger>();
            services.AddScoped<IGameLedger, GameLedger>();
            services.AddScoped<IGameReader, GameReader>();
            services.AddSingleton<IPublicImages, PublicImages>();

            services.TryAddSingleton(TimeProvider.System);
            services.AddMetrics();
            services.AddSingleton<RetryPipeline>();
            services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TransactionRetry<,>));

            services.AddHealthChecks().AddCheck<SchemaHealthCheck>("schema");
            return services;
        }
    }
}
