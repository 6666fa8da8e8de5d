using System.Diagnostics.Metrics;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Testing;

/// <summary>Sends use cases as the service does: each one in its own scope, on a test database.</summary>
public sealed class UseCases : IAsyncDisposable
{
    public const long Guild = 42;

    private readonly ServiceProvider services;
    private readonly MeterListener listener = new();
    private long retries;

    /// <param name="configure">Replaces services of the container.</param>
    /// <param name="connectionString">Returns the connection string of a role; null for a direct connection to the database.</param>
    public UseCases(
        TestDatabase database,
        ICaller? caller = null,
        Action<IServiceCollection>? configure = null,
        Func<string, string>? connectionString = null)
    {
        connectionString ??= database.ConnectionString;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("ConnectionStrings:GameImages", connectionString(Roles.App)),
                new("ConnectionStrings:PublicImages", connectionString(Roles.Public)),
            ])
            .Build();
        var collection = new ServiceCollection()
            .AddLogging()
            .AddApplication()
            .AddInfrastructure(configuration, checkRoles: true)
            .AddSingleton(caller ?? new TestCaller(Guild));
        configure?.Invoke(collection);
        services = collection.BuildServiceProvider(validateScopes: true);

        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "gameimages.transaction.retries")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref retries, count));
        listener.Start();
    }

    /// <summary>The number of transactions that were retried.</summary>
    public long Retries => Interlocked.Read(ref retries);

    /// <returns>The value of the answer, which may be a replayed one.</returns>
    public async Task<T> SendAsync<T>(IRequest<Answer<T>> request) => (await SendAsync<Answer<T>>(request)).Value;

    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<GameResponse> CreateGameAsync(ImageContent? thumbnail = null, ImageContent? banner = null, long guild = Guild) =>
        SendAsync(
            new CreateGame
            {
                GuildId = new Snowflake(guild),
                ChannelId = new Snowflake(5),
                Title = "Dune: Imperium",
                ScheduledAt = new DateTime(2026, 2, 7, 19, 30, 0, DateTimeKind.Utc),
                Thumbnail = thumbnail,
                Banner = banner,
            });

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return services.DisposeAsync();
    }
}
