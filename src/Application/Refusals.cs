using GameImages.Domain.Games;

namespace GameImages.Application;

/// <summary>What was asked for is not there, or not for this caller to know of.</summary>
public sealed class NotFoundException(string message) : Exception(message)
{
    public static NotFoundException Game(Guid id) => new($"There is no game {id}.");
}

/// <summary>The caller may not do this, and may know it.</summary>
public sealed class NotAllowedException(string message) : Exception(message)
{
    public static NotAllowedException Guild(Snowflake id) => new($"You are not a member of guild {id}.");
}

/// <summary>A field is well-formed, but its value is not allowed for this game. Nothing was changed.</summary>
/// <param name="field">The name of the field in the API.</param>
/// <param name="message">A sentence that gives the reason.</param>
public sealed class FieldRefusedException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}

/// <summary>The caller decided on a version that is no longer the current one.</summary>
public sealed class StaleVersionException(string message) : Exception(message)
{
    public static StaleVersionException Game(Guid id) => new($"Game {id} was changed since the version that If-Match names.");
}

/// <summary>The connection was lost while committing: the change is either there as a whole or not at all.</summary>
public sealed class OutcomeUnknownException(Exception cause)
    : Exception("The change may or may not have been made. Check before you send it again.", cause);
