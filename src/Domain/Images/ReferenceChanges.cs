namespace GameImages.Domain.Images;

/// <summary>How the reference counts of images change when a game does.</summary>
public static class ReferenceChanges
{
    /// <param name="before">The references that the game holds.</param>
    /// <param name="after">Those that it will hold.</param>
    /// <returns>By how much each count changes. An image that is given back and taken again is left out: it keeps its row, its id and its URL.</returns>
    public static IReadOnlyDictionary<Guid, int> Between(IEnumerable<Guid> before, IEnumerable<Guid> after) =>
        after.Select(id => (Id: id, Change: 1))
            .Concat(before.Select(id => (Id: id, Change: -1)))
            .GroupBy(reference => reference.Id, reference => reference.Change)
            .Select(changes => KeyValuePair.Create(changes.Key, changes.Sum()))
            .Where(image => image.Value != 0)
            .ToDictionary();
}
