using System.Diagnostics.Metrics;
using GameImages.Infrastructure.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>The keys under which the container has an <see cref="NpgsqlDataSource"/> for each pool of connections.</summary>
internal enum Pool
{
    /// <summary>Reads and writes games and their images.</summary>
    Games,

    /// <summary>Reads lists of games. It leaves the connections of <see cref="Games"/> to writes and single reads.</summary>
    Lists,

    /// <summary>Searches games. The pool is small, because a search takes the database a hundred times as long as a page.</summary>
    Searches,

    /// <summary>A connection that only the readiness check uses.</summary>
    Health,

    /// <summary>Reads images for the public route.</summary>
    PublicImages,

    /// <summary>A connection that only the listener for image changes uses.</summary>
    Changes,

    /// <summary>Announces games.</summary>
    Bot,

    /// <summary>
    /// Reads images without variants, and stores their variants. It is no pool, because a claim ends with the session of its connection.
    /// </summary>
    Variants,
}

/// <summary>The connection settings of a pool, and the name of its role in error messages.</summary>
/// <param name="Role">The name of the connection string.</param>
/// <param name="MayReadGames">Whether the role check accepts a role that can read games.</param>
/// <param name="PoolerAdvice">What to do if the connection leads through a pooler; null if it may.</param>
internal sealed record PoolSettings(string Role, NpgsqlConnectionStringBuilder Connection, bool MayReadGames, string? PoolerAdvice)
{
    private const string LeadToServer = "It has to lead to the server itself, because poolers do not pass notifications on.";

    // In a session that several clients share, a name could belong to the prepared statement of another client.
    private const string SayWhatIsPrepared =
        "Add Max Auto Prepare=0 to it, or Max Auto Prepare=50 if the pooler is in session mode or supports prepared statements. "
        + "In a URL, pgbouncer=true stands for Max Auto Prepare=0.";

    /// <param name="defaults">Settings that the connection string overrides.</param>
    /// <exception cref="InvalidSettingException">The connection string is missing or unreadable.</exception>
    public static PoolSettings Read(IConfiguration configuration, string role, string defaults, bool mayReadGames)
    {
        var connectionString = configuration.GetConnectionString(role);
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new InvalidSettingException(
                $"ConnectionStrings:{role} is not set. The service needs ConnectionStrings:GameImages and ConnectionStrings:PublicImages. "
                + "The bot needs ConnectionStrings:Bot. The worker needs ConnectionStrings:Variants.");
        }

        var read = ConnectionText.Read($"ConnectionStrings:{role}", connectionString);
        var advice = role is "Changes" or "Variants" ? LeadToServer : read.ShouldSerialize("Max Auto Prepare") ? null : SayWhatIsPrepared;
        return new(role, new($"{defaults};{read.ConnectionString}"), mayReadGames, advice);
    }

    /// <returns>The same settings for a pool of another size.</returns>
    public PoolSettings WithConnections(int connections) => With(connection =>
    {
        connection.MaxPoolSize = connections;
        connection.MinPoolSize = Math.Min(connection.MinPoolSize, connections);
    });

    public PoolSettings With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(Connection.ConnectionString);
        change(connection);
        return this with { Connection = connection };
    }
}

internal static class PoolServices
{
    /// <param name="checkRole">Whether a connection is refused if its role may do more than it needs.</param>
    public static void AddPool(
        this IServiceCollection services, Pool pool, PoolSettings settings, bool checkRole) => services.AddNpgsqlDataSource(
        settings.Connection.ConnectionString,
        builder =>
        {
            // Npgsql would log the text of every command at the level Information.
            builder.UseLoggerFactory(null);

            builder.UsePhysicalConnectionInitializer(
                _ => throw new NotSupportedException("Connections are opened asynchronously."),
                async connection =>
                {
                    if (settings.PoolerAdvice is { } advice)
                        await PoolerCheck.RefuseAsync(connection, settings.Role, advice);
                    if (checkRole)
                        await ConnectionRoleCheck.RunAsync(connection, settings.Role, settings.MayReadGames);
                });
        },
        serviceKey: pool);

    /// <param name="writes">The pool of the connections that write.</param>
    public static IServiceCollection AddRetry(this IServiceCollection services, Pool writes) => services.AddSingleton(
        provider => new RetryPipeline(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredKeyedService<NpgsqlDataSource>(writes)));
}
