using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>The roles that the schema knows, beside the owner who migrates it.</summary>
public static class Roles
{
    public const string App = "gameimages_app";
    public const string Public = "gameimages_public";
    public const string Bot = "gameimages_bot";

    /// <summary>Gives a role its password.</summary>
    /// <param name="connectionString">Of a role that may: one with CREATEROLE that created it, or a superuser.</param>
    public static async Task SetPasswordAsync(string connectionString, string role, string password, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // ALTER ROLE takes no parameters; this way the password is in no statement that a log could show.
        await using (var remember = new NpgsqlCommand("SELECT set_config('gameimages.password', $1, true)", connection) { Parameters = { new() { Value = password } } })
            await remember.ExecuteNonQueryAsync(ct);
        await using (var alter = new NpgsqlCommand($"DO $$ BEGIN EXECUTE format('ALTER ROLE %I PASSWORD %L', '{role}', current_setting('gameimages.password')); END $$", connection))
            await alter.ExecuteNonQueryAsync(ct);

        await transaction.CommitAsync(ct);
    }
}
