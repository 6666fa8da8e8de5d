namespace GameImages.Operations.Images;

/// <summary>What repair does with a row.</summary>
public enum RepairAction
{
    /// <summary>Sets columns of an image to the values that its references and its bytes give, or sets the counts of a guild.</summary>
    Set,

    /// <summary>Deletes an image that nothing refers to, or an upload of a missing image.</summary>
    Delete,

    /// <summary>Quarantines an image whose bytes do not match its hash: it is kept for inspection, but not served.</summary>
    Quarantine,

    /// <summary>Sets references of a game to missing images to null.</summary>
    Clear,

    /// <summary>Leaves the row unchanged. The message gives the reason.</summary>
    Leave,
}

/// <param name="Message">A sentence with the id, and with the values before and after.</param>
public sealed record RepairStep(
    RepairAction Action, string Message, Guid? ImageId = null, Guid? GameId = null, Guid? UploadId = null, string? GuildId = null);

/// <summary>The changes that repair would make.</summary>
/// <param name="MaxChanges">The number of rows that may change. A plan that changes more is refused.</param>
public sealed record RepairPlan(IReadOnlyList<RepairStep> Steps, long MaxChanges)
{
    /// <summary>The number of rows that would change.</summary>
    public long Changes => Steps.LongCount(step => step.Action != RepairAction.Leave);

    public bool IsTooLarge => Changes > MaxChanges;
}

/// <summary>A decision about a row.</summary>
/// <param name="Change">Null to leave the row unchanged.</param>
internal sealed record RepairDecision(RepairStep Step, RowChange? Change = null);

/// <summary>A statement that changes a row, and a query for the SQL that undoes it.</summary>
/// <param name="Undo">
/// Selects one line of SQL. The line does nothing if the row was not changed, or if it was changed again since.
/// </param>
/// <param name="Parameters">The parameters of both statements.</param>
internal sealed record RowChange(string Undo, string Sql, object Parameters);
