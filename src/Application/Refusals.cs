using GameImages.Domain.Games;

namespace GameImages.Application;

/// <summary>The requested thing does not exist, or the caller may not know that it exists.</summary>
public sealed class NotFoundException(string message) : Exception(message)
{
    public static NotFoundException Game(Guid id) => new($"There is no game {id}.");
}

/// <summary>The caller may not do this, and may know that it exists.</summary>
public sealed class NotAllowedException(string message) : Exception(message)
{
    public static NotAllowedException Guild(Snowflake id) => new($"You are not a member of guild {id}.");
}

/// <summary>A field is well-formed, but its value is not allowed for this game. Nothing was changed.</summary>
/// <param name="field">The name of the property, such as <c>ChannelId</c>.</param>
/// <param name="message">A sentence that gives the reason.</param>
public sealed class FieldRefusedException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;

    /// <summary>The message does not tell whether the image exists.</summary>
    public static FieldRefusedException Image(string field) =>
        new(field, "There is no image with this id that you may use. Upload it, or name an image of a game of your guilds.");
}

/// <summary>The game no longer has a version that the caller expects.</summary>
public sealed class StaleVersionException(string message) : Exception(message)
{
    public static StaleVersionException Game(Guid id) => new($"Game {id} was changed since the version that the request expects.");
}

/// <summary>The connection was lost during the commit. The change was made either completely or not at all.</summary>
public sealed class OutcomeUnknownException(Exception cause) : Exception($"{Outcome} Check before you send it again.", cause)
{
    public const string Outcome = "The change may or may not have been made.";
}
