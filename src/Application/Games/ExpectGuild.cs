using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Games;

/// <summary>
/// Checks, before a new game and its images are received, that the caller could create it. <see cref="CreateGame"/> checks the guild again.
/// </summary>
/// <param name="GuildId">The guild of the game; null as long as it is not known.</param>
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
