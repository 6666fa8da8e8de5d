using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>A change that a transaction makes to an image row.</summary>
/// <param name="Content">Null when only references to the image change.</param>
/// <param name="State">The state of the row when it was read.</param>
internal sealed record ImageWrite(GameImage Image, ImageContent? Content, RowState State)
{
    /// <summary>The number that is added to the reference count. A transaction that writes several games adds up their numbers.</summary>
    public int CountDelta { get; init; }

    public static ImageWrite New(ImageContent content) => new(GameImage.Of(content), content, RowState.None);

    /// <returns>The same write with the references that were added to the image and released.</returns>
    public ImageWrite Counted() => this with { CountDelta = Image.CountDelta };

    public ImageKey Key => new(Image.ContentHash, Image.Format);

    /// <summary>Whether the transaction changes the row.</summary>
    public bool IsNeeded => CountDelta != 0 || (State == RowState.Quarantined && Content is not null);

    /// <summary>Whether the bytes are sent, because the database has none or has damaged ones.</summary>
    public bool SendsContent => Content is not null && State != RowState.Stored;

    /// <returns>
    /// The statements in the order of the key. Each locks its row until the transaction ends. Without the order, two transactions could
    /// wait for each other's rows, and PostgreSQL would abort one of them. A transaction that waits for a row sees its new count. This
    /// includes a row that another transaction is inserting.
    /// </returns>
    public static IEnumerable<NpgsqlBatchCommand> Statements(IEnumerable<ImageWrite> writes) =>
        from write in writes
        orderby write.Key
        select write.Statement();

    public NpgsqlBatchCommand Statement() => State switch
    {
        RowState.None => ImageStatements.InsertOrCount(Image, Content!, CountDelta),
        RowState.Quarantined when Content is not null => ImageStatements.RepairAndCount(Image.Id, Content, CountDelta),
        _ => ImageStatements.Count(Image.Id, CountDelta),
    };
}

/// <summary>The state of an image row when a transaction read it.</summary>
internal enum RowState
{
    /// <summary>There is no row.</summary>
    None,

    Stored,

    /// <summary>The bytes of the row were found damaged.</summary>
    Quarantined,
}
