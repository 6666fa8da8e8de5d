using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>An image row and how a transaction changes it.</summary>
/// <param name="IsKept">Whether there was such a row when it was last looked for.</param>
/// <param name="Content">The bytes that the row is to have, unless it has them.</param>
/// <param name="Change">By how much the reference count changes.</param>
internal sealed record CountedImage(Guid Id, ImageKey Key, bool IsKept, ImageContent? Content = null, int Change = 0)
{
    /// <returns>
    /// In the order of the key: whoever waits for a row holds only rows that come before it, so nobody waits in a ring. That includes
    /// waiting for a row that another transaction is just inserting.
    /// </returns>
    public static IEnumerable<NpgsqlBatchCommand> Statements(IEnumerable<CountedImage> images) =>
        from image in images
        where image.Change != 0 || image is { IsKept: true, Content: not null }
        orderby image.Key
        select image switch
        {
            { Content: null } => ImageStatements.Count(image.Id, image.Change),
            { IsKept: true } => ImageStatements.HealAndCount(image.Id, image.Content, image.Change),
            _ => ImageStatements.InsertOrCount(image.Id, image.Content, image.Change),
        };
}
