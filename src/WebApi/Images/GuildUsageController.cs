using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Images;

/// <summary>The quotas of the caller's guilds.</summary>
[ApiController, Authorize, Route("api/v1/guilds"), Tags("Images")]
public sealed class GuildUsageController(IMediator mediator) : ControllerBase
{
    /// <summary>Read what a guild uses of its quotas</summary>
    /// <remarks>Each image counts once, however many games show it.</remarks>
    [HttpGet("{id}/usage", Name = "getGuildUsage")]
    [ProducesResponseType<GuildUsage>(StatusCodes.Status200OK, Description = "The use and the limits.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden)]
    public Task<GuildUsage> Get(string? id, CancellationToken ct) =>
        Snowflake.TryParse(id, null, out var guild)
            ? mediator.Send(new GetGuildUsage(guild), ct)
            : throw new NotFoundException("There is no such guild.");
}
