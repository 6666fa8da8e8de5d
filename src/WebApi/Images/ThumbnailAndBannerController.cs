using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.WebApi.Games;
using GameImages.WebApi.Uploads;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Images;

/// <summary>The thumbnail and the banner of a game.</summary>
[ApiController, Authorize, GameConditions, Route("api/v1/games/{id:uuid}"), Tags("Games")]
public sealed class ThumbnailAndBannerController(IMediator mediator, GameBody body) : ControllerBase
{
    /// <summary>Set the thumbnail</summary>
    /// <remarks>The body is the image and nothing else. The service reads the type from its bytes, not from the Content-Type.</remarks>
    [HttpPut("thumbnail", Name = "setThumbnail")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game with its new thumbnail.")]
    public async Task<OkObjectResult> SetThumbnail(Guid id, CancellationToken ct) =>
        Tagged(await SetAsync(id, new(await ReceiveAsync(id, ct), default), ct));

    /// <summary>Set the banner</summary>
    /// <remarks>The body is the image and nothing else. The service reads the type from its bytes, not from the Content-Type.</remarks>
    [HttpPut("banner", Name = "setBanner")]
    [ProducesResponseType<GameResponse>(StatusCodes.Status200OK, Description = "The game with its new banner.")]
    public async Task<OkObjectResult> SetBanner(Guid id, CancellationToken ct) =>
        Tagged(await SetAsync(id, new(default, await ReceiveAsync(id, ct)), ct));

    /// <summary>Remove the thumbnail</summary>
    /// <remarks>A game without a thumbnail does not change.</remarks>
    [HttpDelete("thumbnail", Name = "removeThumbnail")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The game has no thumbnail.")]
    public async Task<NoContentResult> RemoveThumbnail(Guid id, CancellationToken ct)
    {
        await SetAsync(id, new((ImageContent?)null, default), ct);
        return NoContent();
    }

    /// <summary>Remove the banner</summary>
    /// <remarks>A game without a banner does not change.</remarks>
    [HttpDelete("banner", Name = "removeBanner")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The game has no banner.")]
    public async Task<NoContentResult> RemoveBanner(Guid id, CancellationToken ct)
    {
        await SetAsync(id, new(default, (ImageContent?)null), ct);
        return NoContent();
    }

    // Checks the game before the service reads the image.
    private async Task<ImageContent> ReceiveAsync(Guid id, CancellationToken ct)
    {
        await mediator.Send(new ExpectGame(id, Request.IfMatch()), ct);
        return await body.ReadImageAsync(Request, ct);
    }

    private Task<GameResponse> SetAsync(Guid id, GameImageContents images, CancellationToken ct) =>
        mediator.Send(new UpdateGameImages(id, images, Request.IfMatch()), ct);

    private OkObjectResult Tagged(GameResponse game)
    {
        Response.Describe(game);
        return Ok(game);
    }
}
