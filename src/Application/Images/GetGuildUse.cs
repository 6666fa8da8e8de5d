using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>Reads what a guild uses of its quotas.</summary>
public sealed record GetGuildUse(Snowflake GuildId) : IRequest<GuildUse>;

/// <summary>What a guild uses of its quotas.</summary>
/// <param name="Images">The images that its games show or that members hold for it. Each counts once.</param>
/// <param name="Bytes">The bytes of these images.</param>
public sealed record GuildUse(long Games, long Images, long Bytes);

internal sealed class GetGuildUseHandler(IImageLibrary library, ICaller caller) : IRequestHandler<GetGuildUse, GuildUse>
{
    /// <exception cref="NotAllowedException">The caller is not a member of the guild.</exception>
    public Task<GuildUse> Handle(GetGuildUse request, CancellationToken cancellationToken) =>
        caller.GuildIds.Contains(request.GuildId)
            ? library.GetUseAsync(request.GuildId, cancellationToken)
            : throw NotAllowedException.Guild(request.GuildId);
}
