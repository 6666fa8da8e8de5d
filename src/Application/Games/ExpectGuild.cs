using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>
/// Checks that the caller could create a game, before the service receives its images. <see cref="CreateGame"/> checks the guild again.
/// </summary>
/// <param name="GuildId">The guild of the game; null until it is known.</param>
public sealed record ExpectGuild(Snowflake? GuildId = null) : IRequest;

internal sealed class ExpectGuildHandler(ICaller caller) : IRequestHandler<ExpectGuild, Unit>
{
    /// <exception cref="NotAllowedException">The caller is not a member of the guild, or of any guild.</exception>
    public Task<Unit> Handle(ExpectGuild request, CancellationToken cancellationToken)
    {
        if (caller.GuildIds.Count == 0)
            throw new NotAllowedException("You are not a member of any guild.");
        if (request.GuildId is { } guild && !caller.GuildIds.Contains(guild))
            throw NotAllowedException.Guild(guild);

        return Unit.Task;
    }
}
