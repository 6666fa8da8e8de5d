using System.Text.Json.Nodes;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Games;

/// <summary>The games of the caller's guilds.</summary>
[ApiController, Authorize, Route("api/v1/games")]
public sealed class GamesController(IMediator mediator, GameBody body) : ControllerBase
{
    [HttpPost]
    public async Task<CreatedAtActionResult> Create(CancellationToken ct)
    {
        var (command, files) = await body.ReadAsync<CreateGame>(Request, ct);
        return Created(await mediator.Send(command with { Thumbnail = files.Thumbnail, Banner = files.Banner }, ct));
    }

    [HttpGet]
    public Task<GamePage> List(CancellationToken ct)
    {
        var fields = new JsonObject(Request.Query.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        return mediator.Send(FieldBinder.Bind<ListGames>(fields, ApiJson.Form), ct);
    }

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        var game = await mediator.Send(new GetGame(id), ct);
        return Request.HasCopyOf(game) ? NotModified(game) : Tagged(game);
    }

    [HttpPatch("{id:guid}")]
    public async Task<OkObjectResult> Update(Guid id, CancellationToken ct)
    {
        var (command, files) = await body.ReadAsync<UpdateGame>(Request, ct);
        return Tagged(await mediator.Send(command with { Id = id, Thumbnail = files.Thumbnail, Banner = files.Banner, IfMatch = Request.IfMatch() }, ct));
    }

    [HttpDelete("{id:guid}")]
    public async Task<NoContentResult> Delete(Guid id, CancellationToken ct)
    {
        await mediator.Send(new DeleteGame(id, Request.IfMatch()), ct);
        return NoContent();
    }

    [HttpPost("{id:guid}/clone")]
    public async Task<CreatedAtActionResult> Clone(Guid id, CancellationToken ct) => Created(await mediator.Send(new CloneGame(id), ct));

    [HttpPut("{id:guid}/thumbnail")]
    public async Task<OkObjectResult> SetThumbnail(Guid id, CancellationToken ct) =>
        Tagged(await SetAsync(id, new(await body.ReadImageAsync(Request, ct), default), ct));

    [HttpPut("{id:guid}/banner")]
    public async Task<OkObjectResult> SetBanner(Guid id, CancellationToken ct) =>
        Tagged(await SetAsync(id, new(default, await body.ReadImageAsync(Request, ct)), ct));

    [HttpDelete("{id:guid}/thumbnail")]
    public async Task<NoContentResult> RemoveThumbnail(Guid id, CancellationToken ct)
    {
        await SetAsync(id, new((ImageContent?)null, default), ct);
        return NoContent();
    }

    [HttpDelete("{id:guid}/banner")]
    public async Task<NoContentResult> RemoveBanner(Guid id, CancellationToken ct)
    {
        await SetAsync(id, new(default, (ImageContent?)null), ct);
        return NoContent();
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
