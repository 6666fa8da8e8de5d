using GameImages.Domain.Images;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>The images that a unit of work has read, and the references that it adds to them and releases.</summary>
internal sealed class ReferencedImages
{
    private readonly Dictionary<Guid, ImageWrite> images = [];

    public ImageWrite this[Guid id] => images[id];

    /// <summary>The images without a row. The commit may find that another request has inserted them under another id.</summary>
    public IReadOnlyDictionary<Guid, ImageKey> New =>
        images.Values.Where(write => write.State == RowState.None).ToDictionary(write => write.Image.Id, write => write.Key);

    /// <summary>The hashes of the contents that were sent.</summary>
    public IEnumerable<ContentHash> Sent => images.Values.Where(write => write.Content is not null).Select(write => write.Key.ContentHash);

    public GameImage Add(StoredImage row) => Add(row.Write());

    /// <returns>The images of the contents in the same order. Equal contents share an image.</returns>
    public async Task<IReadOnlyList<GameImage>> FindAsync(
        IReadOnlyList<ImageContent> contents, NpgsqlConnection connection, CancellationToken ct)
    {
        var stored = (await StoredImage.FindAsync(contents, connection, ct))
            .ToDictionary(image => new ImageKey(image.ContentHash, image.Format));
        var found = new Dictionary<ImageKey, GameImage>();

        foreach (var content in contents)
        {
            var key = new ImageKey(content.Hash, content.Format);
            if (!found.ContainsKey(key))
                found[key] = Add(stored.TryGetValue(key, out var row) ? row.Write(content) : ImageWrite.New(content));
        }

        return [.. contents.Select(content => found[new(content.Hash, content.Format)])];
    }

    // References are added before others are released. So an image that stays, or moves from thumbnail to banner, always has a reference.
    // A reference to a missing row has no count. The command verify reports it.
    public void Count(IEnumerable<Guid> before, IEnumerable<Guid> after)
    {
        foreach (var id in after.Where(images.ContainsKey))
            images[id].Image.AddReference();
        foreach (var id in before.Where(images.ContainsKey))
            images[id].Image.ReleaseReference();
    }

    /// <returns>The images whose rows the commit has to write.</returns>
    public List<ImageWrite> Writes() => [.. images.Values.Select(write => write.Counted()).Where(write => write.IsNeeded)];

    private GameImage Add(ImageWrite write)
    {
        images[write.Image.Id] = write;
        return write.Image;
    }
}
