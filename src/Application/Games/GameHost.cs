using GameImages.Domain.Games;

namespace GameImages.Application.Games;

/// <summary>The host of a game, and the rules for naming one.</summary>
/// <param name="Name">The name of the host; null if it is unknown.</param>
internal sealed record GameHost(Snowflake Id, string? Name)
{
    public static GameHost Of(GameDetails details) => new(details.HostId, details.HostName);

    /// <summary>
    /// The caller hosts under the name that the sign-in or the token gives. Only a trusted client may name another host.
    /// </summary>
    /// <param name="id">The host that the request names; null for the caller.</param>
    /// <param name="name">The name that the request gives. It is used only if the sign-in or the token gives none.</param>
    /// <exception cref="NotAllowedException">The caller may not host for others, or is not a Discord user.</exception>
    public static GameHost Choose(ICaller caller, Snowflake? id, string? name)
    {
        if (caller.UserId is { } user && (id ?? user) == user)
            return new(user, caller.UserName ?? name);

        return caller.MayHostForOthers && id is { } other
            ? new(other, name)
            : throw new NotAllowedException(
                "You may only host games yourself. "
                + "A token needs the claim may_host_for_others to name another host, or to change the name of another host.");
    }

    /// <summary>
    /// Applies the same rules to a change. Values that the game already has change nothing. A new host does not keep the name of the
    /// previous host.
    /// </summary>
    /// <exception cref="NotAllowedException">The caller may not host for others, or is not a Discord user.</exception>
    public GameHost Change(ICaller caller, OptionalField<Snowflake?> id, OptionalField<string> name)
    {
        var host = id.Or(Id);
        return host == Id && (!name.IsSet || name.Value == Name) ? this : Choose(caller, host, name.Value);
    }

    /// <returns>The host of a copy that the caller makes. A trusted client keeps the host; any other caller becomes the host.</returns>
    /// <exception cref="NotAllowedException">The caller is not a Discord user.</exception>
    public GameHost ForCopy(ICaller caller)
    {
        if (caller.MayHostForOthers)
            return this;

        return Choose(caller, null, caller.UserId == Id ? Name : null);
    }
}
