using System.Text.Json.Nodes;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Hosting;
using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using GameImages.WebApi.Users;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Images;

/// <summary>The images that the caller may show on games.</summary>
[ApiController, Authorize, Route("api/v1/images"), Tags("Images")]
public sealed class ImagesController(IMediator mediator, GameBody body) : ControllerBase
{
    /// <summary>Upload an image</summary>
    /// <remarks>
    /// The body is the image and nothing else, or a form with one image. The upload holds the image until expires_at; games that show it
    /// keep it. Uploading the same image again renews it. Several games can show the image by its id.
    /// </remarks>
    [HttpPost(Name = "uploadImage"), RequestFields(typeof(UploadFields)), LimitUploads]
    [ProducesResponseType<ImageUpload>(StatusCodes.Status201Created, Description = "The image.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden)]
    public async Task<CreatedResult> Upload(CancellationToken ct)
    {
        IdempotencyKeys.Check(Request);
        await mediator.Send(new ExpectGuild(), ct);
        var (fields, image) = await body.ReadUploadAsync(Request, ExpectGuildAsync, ct);
        var key = IdempotencyKeys.Read(Request, fields, image);
        var upload = await mediator.Send(new UploadImage(image, fields.GuildId, key), ct);
        Response.Describe(upload);
        var here = new Uri(UriHelper.BuildAbsolute(Request.Scheme, Request.Host, Request.PathBase));
        return Created(new PublicImageUrls(here).Of(upload.Value.Id, upload.Value.MimeType), upload.Value);
    }

    /// <summary>List images</summary>
    /// <remarks>
    /// Lists the caller's uploads and the images that the games of a guild show, in pages. The image that was used last comes first.
    /// There is another page if next_cursor is not null.
    /// </remarks>
    [HttpGet(Name = "listImages"), RequestFields(typeof(ListImages)), LimitConcurrentLists, MiddlewareFilter<CompressedList>]
    [ProducesResponseType<ImagePage>(StatusCodes.Status200OK, Description = "One page of images.")]
    [ProducesResponseType(StatusCodes.Status403Forbidden)]
    public Task<ImagePage> List(CancellationToken ct) => mediator.Send(FieldBinder.BindQuery<ListImages>(Request), ct);

    /// <summary>End an upload</summary>
    /// <remarks>The image is deleted, unless a game shows it or another upload holds it.</remarks>
    [HttpDelete("{id:uuid}", Name = "endUpload")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "The upload has ended.")]
    public async Task<NoContentResult> End(Guid id, CancellationToken ct)
    {
        await mediator.Send(new EndUpload(id), ct);
        return NoContent();
    }

    private Task ExpectGuildAsync(JsonObject fields, CancellationToken ct) =>
        Snowflake.TryParse((string?)fields["guild_id"], null, out var guild)
            ? mediator.Send(new ExpectGuild(guild), ct)
            : Task.CompletedTask;
}
