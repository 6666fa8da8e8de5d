using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>The database roles to which the schema grants privileges.</summary>
public static class Roles
{
    public const string Owner = "gameimages_owner";
    public const string App = "gameimages_app";
    public const string Public = "gameimages_public";
    public const string Bot = "gameimages_bot";
    public const string Variants = "gameimages_variants";

    /// <summary>Gives a role its password.</summary>
    /// <param name="connectionString">It connects as a superuser, or as the role with CREATEROLE that created the role.</param>
    public static async Task SetPasswordAsync(string connectionString, string role, string password, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await SetPasswordAsync(connection, role, password, ct);
    }

    internal static async Task SetPasswordAsync(NpgsqlConnection connection, string role, string password, CancellationToken ct)
    {
        // ALTER ROLE takes no parameters. A log may contain the statement, because the verifier does not reveal the password.
        await using var alter = new NpgsqlCommand($"ALTER ROLE {role} PASSWORD '{ScramVerifier.Of(password)}'", connection);
        await alter.ExecuteNonQueryAsync(ct);
    }
}
