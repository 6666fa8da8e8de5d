using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>The roles that the schema knows.</summary>
public static class Roles
{
    public const string Owner = "gameimages_owner";
    public const string App = "gameimages_app";
    public const string Public = "gameimages_public";
    public const string Bot = "gameimages_bot";

    /// <summary>Gives a role its password.</summary>
    /// <param name="connectionString">Of a role that may: one with CREATEROLE that created it, or a superuser.</param>
    public static async Task SetPasswordAsync(string connectionString, string role, string password, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await SetPasswordAsync(connection, role, password, ct);
    }

    internal static async Task SetPasswordAsync(NpgsqlConnection connection, string role, string password, CancellationToken ct)
    {
        // ALTER ROLE takes no parameters; of the verifier, a log may show what it likes.
        await using var alter = new NpgsqlCommand($"ALTER ROLE {role} PASSWORD '{ScramVerifier.Of(password)}'", connection);
        await alter.ExecuteNonQueryAsync(ct);
    }
}
