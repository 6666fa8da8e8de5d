using System.Text.Json.Nodes;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using GameImages.WebApi.Users;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Games;

/// <summary>The games of the caller's guilds.</summary>
[ApiController, Authorize, GameConditions, Route("api/v1/games")]
public sealed class GamesController(IMediator mediator, GameBody body) : ControllerBase
{
    /// <summary>Schedule a game</summary>
    /// <remarks>
    /// The guild has to be one of the caller's guilds. The caller is the host. A token with the claim may_host_for_others may name another
    /// host. A form may contain the images; they can also be set later.
    /// </remarks>
    [HttpPost(Name = "createGame"), RequestFields(typeof(CreateGame))]
    [
        ProducesResponseType<GameResponse>(StatusCodes.Status201Created, Description = "The new game."),
        ProducesResponseType(StatusCodes.Status403Forbidden)
    ]
    public async Task<CreatedAtActionResult> Create(CancellationToken ct)
    {
        IdempotencyKeys.Check(Request);
        await mediator.Send(new ExpectGuild(), ct);
        var (command, files) = await body.ReadAsync<CreateGame>(Request, ct, ExpectGuildAsync);
        return Created(await mediator.Send(
            command with
            {
                Thumbnail = files.Thumbnail,
                Banner = files.Banner,
                Key = IdempotencyKeys.Read(Request, command, files.Thumbnail, files.Banner),
            },
            ct));
    }

    /// <summary>List games</summary>
    /// <remarks>
    /// Lists the games of the caller's guilds in pages, the latest start first, without the bytes of their images. A page of a search may
    /// have fewer games than the limit, or none, although more pages follow. There is another page if next_cursor is not null.
    /// </remarks>
    [HttpGet(Name = "listGames"), RequestFields(typeof(ListGames)), LimitConcurrentLists, MiddlewareFilter<CompressedList>]
    [ProducesResponseType<GamePage>(StatusCodes.Status200OK, Description = "One page of games.")]
    public Task<GamePage> List(CancellationToken ct) => mediator.Send(FieldBinder.BindQuery<ListGames>(Request), ct);

    /// <summary>Read a game</summary>
    /// <remarks>The response is 404 if the caller is not a member of the game's guild.</remarks>
    [HttpGet("{id:uuid}", Name = "getGame")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game.")]
    [ProducesResponseType(StatusCodes.Status304NotModified, Description = "The client already has this version.")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        var game = await mediator.Send(new GetGame(id, Request.IfMatch()), ct);
        return Request.HasCopyOf(game) ? NotModified(game) : Tagged(game);
    }

    /// <summary>Change a game</summary>
    /// <remarks>
    /// Fields that are absent do not change; null clears a field. The status moves from scheduled to in_progress or cancelled,
    /// and from in_progress to completed or cancelled. Without the claim may_host_for_others, the caller may become the host, but
    /// may not name another host or change the name of another host. A new host does not keep the name of the previous host.
    /// </remarks>
    [HttpPatch("{id:uuid}", Name = "updateGame"), RequestFields(typeof(UpdateGame))]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The changed game.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden)]
    public async Task<OkObjectResult> Update(Guid id, CancellationToken ct)
    {
        // A body with images needs much memory, which justifies another query. A JSON body is short.
        if (!BodyType.IsJson(Request))
            await mediator.Send(new ExpectGame(id, Request.IfMatch()), ct);

        var (command, files) = await body.ReadAsync<UpdateGame>(Request, ct);
        command = command with { Id = id, Thumbnail = files.Thumbnail, Banner = files.Banner, ExpectedVersions = Request.IfMatch() };
        return Tagged(await mediator.Send(command, ct));
    }

    /// <summary>Delete a game</summary>
    /// <remarks>An image that no other game shows is deleted, too.</remarks>
    [HttpDelete("{id:uuid}", Name = "deleteGame")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The game was deleted.")]
    public async Task<NoContentResult> Delete(Guid id, CancellationToken ct)
    {
        await mediator.Send(new DeleteGame(id, Request.IfMatch()), ct);
        return NoContent();
    }

    /// <summary>Clone a game</summary>
    /// <remarks>
    /// The copy has the status scheduled, the same details and the same images. The caller becomes the host of the copy. With a token
    /// that has the claim may_host_for_others, the copy keeps the host of the original.
    /// </remarks>
    [HttpPost("{id:uuid}/clone", Name = "cloneGame")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status201Created, Description = "The copy.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden), ProducesResponseType(StatusCodes.Status422UnprocessableEntity)]
    public async Task<CreatedAtActionResult> Clone(Guid id, CancellationToken ct) =>
        Created(await mediator.Send(new CloneGame(id, IdempotencyKeys.Read(Request, null)), ct));

    // Ignores an invalid guild_id, because all invalid fields are reported together after the whole form was read.
    private Task ExpectGuildAsync(JsonObject fields, CancellationToken ct) =>
        Snowflake.TryParse((string?)fields["guild_id"], null, out var guild)
            ? mediator.Send(new ExpectGuild(guild), ct)
            : Task.CompletedTask;

    private CreatedAtActionResult Created(Answer<GameResponse> game)
    {
        Response.Describe(game);
        Response.Describe(game.Value);
        return CreatedAtAction(nameof(Get), new { id = game.Value.Id }, game.Value);
    }

    private OkObjectResult Tagged(GameResponse game)
    {
        Response.Describe(game);
        return Ok(game);
    }

    private StatusCodeResult NotModified(GameResponse game)
    {
        Response.Describe(game);
        return StatusCode(StatusCodes.Status304NotModified);
    }
}
