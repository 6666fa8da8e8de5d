using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Images;

/// <summary>What a guild uses of a quota.</summary>
public sealed record QuotaUse(long Use, long Limit);

/// <summary>What a guild uses of its quotas.</summary>
public sealed record GuildUsage(Snowflake GuildId, QuotaUse Games, QuotaUse Images, QuotaUse Bytes);

/// <summary>The quotas of the caller's guilds.</summary>
[ApiController, Authorize, Route("api/v1/guilds"), Tags("Images")]
public sealed class GuildUsageController(IMediator mediator, Quotas quotas) : ControllerBase
{
    /// <summary>Read what a guild uses of its quotas</summary>
    /// <remarks>Each image counts once, however many games show it.</remarks>
    [HttpGet("{id}/usage", Name = "getGuildUsage")]
    [ProducesResponseType<GuildUsage>(StatusCodes.Status200OK, Description = "The use and the limits.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden)]
    public async Task<GuildUsage> Get(string? id, CancellationToken ct)
    {
        if (!Snowflake.TryParse(id, null, out var guild))
            throw new NotFoundException("There is no such guild.");

        var use = await mediator.Send(new GetGuildUse(guild), ct);
        return new(guild, new(use.Games, quotas.GuildGames), new(use.Images, quotas.GuildImages), new(use.Bytes, quotas.GuildBytes));
    }
}
