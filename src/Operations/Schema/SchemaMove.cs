using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Schema;

/// <summary>A planned move of the schema, and afterwards what the move did.</summary>
/// <param name="Skipped">The images that a move up leaves out; null for a move down.</param>
/// <param name="TookOverHistory">True if the move replaced the history of an earlier build; otherwise null.</param>
public sealed record SchemaMove(
    int From, int To, IReadOnlyList<SchemaStep> Steps, IReadOnlyList<UnusableImage>? Skipped = null, bool? TookOverHistory = null)
{
    /// <returns>Whether the move copies images, which takes time. The other steps are short.</returns>
    public bool CopiesImages() =>
        Steps.Any(step => step is { From: 1, To: 2, Bytes: > 0 } or { From: 2, To: 1, Bytes: > 0 });
}
