using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>What a transaction writes to an image row.</summary>
/// <param name="Content">Null when only references to the image change.</param>
/// <param name="State">Of the row when it was read.</param>
internal sealed record ImageWrite(GameImage Image, ImageContent? Content, RowState State)
{
    /// <summary>By how much the count changes. A transaction that writes several games adds their changes.</summary>
    public int Change { get; init; }

    public ImageKey Key => new(Image.ContentHash, Image.Format);

    /// <summary>The row changes.</summary>
    public bool IsNeeded => Change != 0 || (State == RowState.Quarantined && Content is not null);

    /// <summary>The database receives the bytes, because it has none or has damaged ones.</summary>
    public bool SendsContent => Content is not null && State != RowState.Stored;

    /// <returns>
    /// The statements in the order of the key. A transaction that waits for a row therefore holds only rows that come before it, so
    /// transactions never wait in a ring. This includes waiting for a row that another transaction is inserting.
    /// </returns>
    public static IEnumerable<NpgsqlBatchCommand> Statements(IEnumerable<ImageWrite> writes) =>
        from write in writes
        orderby write.Key
        select write.Statement();

    public NpgsqlBatchCommand Statement() => State switch
    {
        RowState.None => ImageStatements.InsertOrCount(Image, Content!, Change),
        RowState.Quarantined when Content is not null => ImageStatements.RepairAndCount(Image.Id, Content, Change),
        _ => ImageStatements.Count(Image.Id, Change),
    };
}

/// <summary>What a transaction has found of an image.</summary>
internal enum RowState
{
    /// <summary>No row.</summary>
    None,

    Stored,

    /// <summary>A row whose bytes were found damaged.</summary>
    Quarantined,
}
