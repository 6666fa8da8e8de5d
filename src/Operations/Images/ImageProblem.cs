namespace GameImages.Operations.Images;

public enum ImageProblemKind
{
    /// <summary>The image counts more or fewer references than there are.</summary>
    WrongCount,

    /// <summary>No game shows the image, whatever it counts.</summary>
    Unreferenced,

    /// <summary>A game shows an image that is not there.</summary>
    DanglingReference,

    /// <summary>The bytes do not have the hash of their row. What else the row says of them is not looked at.</summary>
    WrongHash,

    WrongLength,
    WrongSize,
    WrongType,

    /// <summary>A constraint or trigger that would keep such problems out is missing or switched off.</summary>
    MissingGuard,
}

/// <summary>Something that is not as it has to be.</summary>
/// <param name="Message">A sentence that names the ids.</param>
/// <param name="GameId">The game of a dangling reference.</param>
/// <param name="Slot">Either thumbnail or banner, of a dangling reference.</param>
public sealed record ImageProblem(ImageProblemKind Kind, string Message, Guid? ImageId = null, Guid? GameId = null, string? Slot = null);
