namespace GameImages.Infrastructure.Schema;

/// <summary>The schema versions that this program knows.</summary>
internal static class SchemaVersions
{
    /// <summary>
    /// The beginning of the comment on the history table. It ends with the oldest version whose programs work with the schema.
    /// </summary>
    public const string OldestCompatible = "oldest compatible version:";

    /// <summary>
    /// The names of the migrations. The first one creates version 1. The list lets the service know its version without loading
    /// FluentMigrator.
    /// </summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "InitialSchema",
        "MigrateImagesToSeparateTable",
        "LeastPrivilege",
        "BlockAndQuarantine",
        "NotifyImageChanges",
        "KeysetPagination",
        "Outbox",
        "GuildChannels",
        "AnnounceAnyField",
        "NormalizedTitles",
        "Uploads",
        "IdempotencyKeys",
        "Variants",
    ];

    public static int Latest => Names.Count;
}

/// <summary>A version of the schema.</summary>
/// <param name="Name">The name of the migration that creates it.</param>
public sealed record SchemaVersion(int Number, string Name, bool IsApplied);

/// <summary>The history of the schema is not one that this program could have written.</summary>
public sealed class SchemaVersionException(string message, SchemaFault fault = SchemaFault.Unknown) : Exception(message)
{
    public SchemaFault Fault => fault;
}

/// <summary>Why this program does not accept the history of the schema.</summary>
public enum SchemaFault
{
    /// <summary>Another program wrote it, or a table of the history is missing or has other columns.</summary>
    Unknown,

    /// <summary>A newer program wrote it.</summary>
    NewerVersion,

    /// <summary>It does not list all versions from 1 on.</summary>
    MissingVersions,
}
