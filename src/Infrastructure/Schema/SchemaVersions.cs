using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GameImages.Infrastructure.Schema;

/// <summary>The names of the migrations in this program, oldest first: the first makes version 1.</summary>
internal static class SchemaVersions
{
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
}

/// <summary>A schema version that this program does not know.</summary>
public sealed class SchemaVersionException(string message) : Exception(message);
