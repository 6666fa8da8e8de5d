using System.Text.Json.Nodes;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using GameImages.WebApi.Users;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Games;

/// <summary>The games of the caller's guilds.</summary>
[ApiController, Authorize, Route("api/v1/games")]
public sealed class GamesController(IMediator mediator, GameBody body) : ControllerBase
{
    /// <summary>Schedule a game</summary>
    /// <remarks>
    /// The guild has to be one of the caller's. The caller is the host; a token with the claim may_host_for_others may name another one.
    /// Pictures come along in the form, or later.
    /// </remarks>
    [HttpPost(Name = "createGame"), RequestFields(typeof(CreateGame))]
    [
        ProducesResponseType<GameResponse>(StatusCodes.Status201Created, Description = "The new game."),
        ProducesResponseType(StatusCodes.Status403Forbidden)
    ]
    public async Task<CreatedAtActionResult> Create(CancellationToken ct)
    {
        await mediator.Send(new ExpectGuild(), ct);
        var (command, files) = await body.ReadAsync<CreateGame>(Request, ct, ExpectGuildAsync);
        return Created(await mediator.Send(command with { Thumbnail = files.Thumbnail, Banner = files.Banner }, ct));
    }

    /// <summary>List games</summary>
    /// <remarks>
    /// The games of the caller's guilds, the latest start first, page by page and without the bytes of their pictures. A page of a search
    /// may have fewer games than the limit, or none, although more pages follow. There is another page if next_cursor is not null.
    /// </remarks>
    [HttpGet(Name = "listGames"), RequestFields(typeof(ListGames)), LimitConcurrentLists]
    [ProducesResponseType<GamePage>(StatusCodes.Status200OK, Description = "One page of games.")]
    public Task<GamePage> List(CancellationToken ct)
    {
        var fields = new JsonObject(Request.Query.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        return mediator.Send(FieldBinder.Bind<ListGames>(fields, ApiJson.Form), ct);
    }

    /// <summary>Read a game</summary>
    /// <remarks>A game of a guild that the caller is no member of is not found.</remarks>
    [HttpGet("{id:uuid}", Name = "getGame")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game.")]
    [ProducesResponseType(StatusCodes.Status304NotModified, Description = "The client has this version already.")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        var game = await mediator.Send(new GetGame(id), ct);
        return Request.HasCopyOf(game) ? NotModified(game) : Tagged(game);
    }

    /// <summary>Change a game</summary>
    /// <remarks>
    /// Fields that are absent stay as they are; null clears. The status moves from scheduled to in_progress or cancelled,
    /// and from in_progress to completed or cancelled. Without the claim may_host_for_others, the caller may become the host, but
    /// may not name another host or change the name of another host. A new host does not keep the name of the previous host.
    /// </remarks>
    [HttpPatch("{id:uuid}", Name = "updateGame"), RequestFields(typeof(UpdateGame))]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game as it is now.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden)]
    public async Task<OkObjectResult> Update(Guid id, CancellationToken ct)
    {
        // A body with pictures needs much memory, which is worth another query. A JSON body is short.
        if (!Request.HasJsonContentType())
            await mediator.Send(new ExpectGame(id, Request.IfMatch()), ct);

        var (command, files) = await body.ReadAsync<UpdateGame>(Request, ct);
        return Tagged(
            await mediator.Send(
                command with
                {
                    Id = id,
                    Thumbnail = files.Thumbnail,
                    Banner = files.Banner,
                    IfMatch = Request.IfMatch(),
                },
                ct));
    }

    /// <summary>Delete a game</summary>
    /// <remarks>A picture that no other game shows goes with it.</remarks>
    [HttpDelete("{id:uuid}", Name = "deleteGame")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The game is gone.")]
    public async Task<NoContentResult> Delete(Guid id, CancellationToken ct)
    {
        await mediator.Send(new DeleteGame(id, Request.IfMatch()), ct);
        return NoContent();
    }

    /// <summary>Clone a game</summary>
    /// <remarks>
    /// The copy is scheduled anew, has the same details and shares the pictures. The caller becomes the host of the copy. With a token
    /// that has the claim may_host_for_others, the copy keeps the host of the original.
    /// </remarks>
    [HttpPost("{id:uuid}/clone", Name = "cloneGame")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status201Created, Description = "The copy.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden), ProducesResponseType(StatusCodes.Status422UnprocessableEntity)]
    public async Task<CreatedAtActionResult> Clone(Guid id, CancellationToken ct) => Created(await mediator.Send(new CloneGame(id), ct));

    /// <summary>Set the thumbnail</summary>
    /// <remarks>The body is the picture and nothing else. Its bytes decide which type it has, not the Content-Type.</remarks>
    [HttpPut("{id:uuid}/thumbnail", Name = "setThumbnail")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game with its new thumbnail.")]
    public async Task<OkObjectResult> SetThumbnail(Guid id, CancellationToken ct) =>
        Tagged(await SetAsync(id, new(await ReceiveAsync(id, ct), default), ct));

    /// <summary>Set the banner</summary>
    /// <remarks>The body is the picture and nothing else. Its bytes decide which type it has, not the Content-Type.</remarks>
    [HttpPut("{id:uuid}/banner", Name = "setBanner")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game with its new banner.")]
    public async Task<OkObjectResult> SetBanner(Guid id, CancellationToken ct) =>
        Tagged(await SetAsync(id, new(default, await ReceiveAsync(id, ct)), ct));

    /// <summary>Remove the thumbnail</summary>
    /// <remarks>A game without a thumbnail stays as it is.</remarks>
    [HttpDelete("{id:uuid}/thumbnail", Name = "removeThumbnail")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The game has no thumbnail.")]
    public async Task<NoContentResult> RemoveThumbnail(Guid id, CancellationToken ct)
    {
        await SetAsync(id, new((ImageContent?)null, default), ct);
        return NoContent();
    }

    /// <summary>Remove the banner</summary>
    /// <remarks>A game without a banner stays as it is.</remarks>
    [HttpDelete("{id:uuid}/banner", Name = "removeBanner")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The game has no banner.")]
    public async Task<NoContentResult> RemoveBanner(Guid id, CancellationToken ct)
    {
        await SetAsync(id, new(default, (ImageContent?)null), ct);
        return NoContent();
    }

    // Invalid fields are reported together after the whole form was read.
    private Task ExpectGuildAsync(JsonObject fields, CancellationToken ct) =>
        Snowflake.TryParse((string?)fields["guild_id"], null, out var guild)
            ? mediator.Send(new ExpectGuild(guild), ct)
            : Task.CompletedTask;

    private async Task<ImageContent> ReceiveAsync(Guid id, CancellationToken ct)
    {
        await mediator.Send(new ExpectGame(id, Request.IfMatch()), ct);
        return await body.ReadImageAsync(Request, ct);
    }

    private Task<GameResponse> SetAsync(Guid id, GamePictures pictures, CancellationToken ct) =>
        mediator.Send(new UpdateGameImages(id, pictures, Request.IfMatch()), ct);

    private CreatedAtActionResult Created(GameResponse game)
    {
        Response.Describe(game);
        return CreatedAtAction(nameof(Get), new { id = game.Id }, game);
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
