namespace GameImages.Operations.Images;

/// <summary>What is done about a row.</summary>
public enum RepairAction
{
    /// <summary>Columns of an image are set to what its references and its bytes say.</summary>
    Set,

    /// <summary>An image that no game shows is deleted.</summary>
    Delete,

    /// <summary>An image whose bytes do not have its hash is not served any more; they are kept for inspection.</summary>
    Quarantine,

    /// <summary>References of a game to images that are not there are set to null.</summary>
    Clear,

    /// <summary>Nothing; the message says why.</summary>
    Leave,
}

/// <param name="Message">A sentence with the id, and with the values before and after.</param>
public sealed record RepairStep(RepairAction Action, string Message, Guid? ImageId = null, Guid? GameId = null);

/// <summary>What there is to do.</summary>
/// <param name="Images">How many there are.</param>
public sealed record RepairPlan(IReadOnlyList<RepairStep> Steps, long Images)
{
    /// <summary>How many rows would change.</summary>
    public long Changes => Steps.LongCount(step => step.Action != RepairAction.Leave);
}

/// <summary>What was decided on about a row.</summary>
/// <param name="Change">What makes the change; null to leave the row alone.</param>
internal sealed record RepairDecision(RepairStep Step, RowChange? Change = null);

/// <param name="Undo">Selects a line of SQL that undoes the change, and that does nothing to a row that was not changed, or has changed since.</param>
/// <param name="Parameters">Of both statements.</param>
internal sealed record RowChange(string Undo, string Sql, object Parameters);
