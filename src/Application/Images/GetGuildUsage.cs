using GameImages.Domain.Games;
using MediatR;

namespace GameImages.Application.Images;

/// <summary>Reads what a guild uses of its quotas.</summary>
public sealed record GetGuildUsage(Snowflake GuildId) : IRequest<GuildUsage>;

/// <summary>What a guild uses of a quota.</summary>
public sealed record QuotaUse(long Use, long Limit);

/// <summary>What a guild uses of its quotas.</summary>
/// <param name="Images">The images that its games show or that members hold for it. Each counts once.</param>
/// <param name="Bytes">The bytes of these images.</param>
public sealed record GuildUsage(Snowflake GuildId, QuotaUse Games, QuotaUse Images, QuotaUse Bytes);

internal sealed class GetGuildUsageHandler(IImageLibrary library, ICaller caller, Quotas quotas)
    : IRequestHandler<GetGuildUsage, GuildUsage>
{
    /// <exception cref="NotAllowedException">The caller is not a member of the guild.</exception>
    public async Task<GuildUsage> Handle(GetGuildUsage request, CancellationToken cancellationToken)
    {
        if (!caller.GuildIds.Contains(request.GuildId))
            throw NotAllowedException.Guild(request.GuildId);

        var use = await library.GetUseAsync(request.GuildId, cancellationToken);
        return new(
            request.GuildId,
            new(use.Games, quotas.GuildGames),
            new(use.Images, quotas.GuildImages),
            new(use.Bytes, quotas.GuildBytes));
    }
}
