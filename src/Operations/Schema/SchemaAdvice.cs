using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Schema;

/// <summary>Names the command that helps with a history of the schema that this program does not accept.</summary>
public static class SchemaAdvice
{
    /// <returns>A sentence; null if no command helps.</returns>
    public static string? Of(SchemaVersionException failure) => failure.Fault == SchemaFault.MissingVersions
        ? "gameimages script --from N --to M shows what the versions between N and M create."
        : null;
}
