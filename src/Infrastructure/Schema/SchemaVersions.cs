using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>The names of the migrations in this program, oldest first: the first makes version 1.</summary>
internal static class SchemaVersions
{
    /// <summary>Begins the comment of the history table, which ends with the oldest version whose programs work with this schema.</summary>
    public const string OldestCompatible = "oldest compatible version:";

    public static readonly IReadOnlyList<string> Names =
        [.. Assembly.GetExecutingAssembly().GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal)];

    /// <returns>The version that these migrations make.</returns>
    /// <exception cref="SchemaVersionException">They are not the first ones of this program.</exception>
    public static int Of(IEnumerable<string> applied)
    {
        var names = applied.Order(StringComparer.Ordinal).ToList();

        return names.SequenceEqual(Names.Take(names.Count))
            ? names.Count
            : throw new SchemaVersionException($"The database has migrations that this program does not know ({string.Join(", ", names.Except(Names))}): use the newer program.");
    }

    /// <returns>The version of a database; 0 when it has no history.</returns>
    /// <exception cref="SchemaVersionException">It is one that this program does not know.</exception>
    public static async Task<int> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return Of(await connection.QueryAsync<string>(new($"SELECT \"MigrationId\" FROM {SchemaContext.HistoryTable}", cancellationToken: ct)));
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    /// <returns>The same, but null for one that this program does not know.</returns>
    public static async Task<int?> ReadOrNullAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(connection, ct);
        }
        catch (SchemaVersionException)
        {
            return null;
        }
    }

    /// <returns>The schema is a newer one, of which the newer program said that this one may go on working with it.</returns>
    public static async Task<bool> IsCompatibleAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var comment = await connection.QuerySingleAsync<string?>(new($"SELECT obj_description('{SchemaContext.HistoryTable}'::regclass)", cancellationToken: ct));

        return comment?.StartsWith(OldestCompatible, StringComparison.Ordinal) == true
            && int.Parse(comment.AsSpan(OldestCompatible.Length), CultureInfo.InvariantCulture) <= Names.Count;
    }
}

/// <summary>A version of the schema.</summary>
/// <param name="Name">Of the migration that makes it.</param>
public sealed record SchemaVersion(int Number, string Name, bool IsApplied);

/// <summary>The database has a schema version that this program does not know.</summary>
public sealed class SchemaVersionException(string message) : Exception(message);
