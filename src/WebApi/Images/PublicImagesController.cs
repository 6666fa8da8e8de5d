using GameImages.Application;
using GameImages.Application.Images;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Images;

/// <summary>The pictures, for anybody who knows their ids: no token, no cookie.</summary>
[ApiController, Route("api/v1/public/images/{name}"), Tags("Images")]
public sealed class PublicImagesController(IMediator mediator) : ControllerBase
{
    /// <summary>Fetch an image</summary>
    /// <remarks>For anybody. Conditional requests and one range of bytes are answered as RFC 9110 says.</remarks>
    /// <param name="name">The id of the image, with or without the file name extension of its type.</param>
    [HttpGet(Name = "getImage"), ProducesResponseType(StatusCodes.Status200OK, Description = "The image.")]
    [ProducesResponseType(StatusCodes.Status206PartialContent, Description = "The part of the image that Range asks for.")]
    [ProducesResponseType(StatusCodes.Status304NotModified, Description = "The client has the image already.")]
    public async Task<FileStreamResult> Get(string name, CancellationToken ct)
    {
        var image = await mediator.Send(Query(name), ct);
        Response.Headers.CacheControl = $"public, max-age={PublicImage.MaxAgeSeconds}";

        // A unit that is not known has to be ignored (RFC 9110 section 14.2); the framework takes every one for bytes.
        if (!Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            Request.Headers.Remove(HeaderNames.Range);

        // Answers conditional and range requests; the content is read only as far as it is sent.
        return File(image.Content, image.Format.MimeType, image.CreatedAt, new EntityTagHeaderValue($"\"{image.Hash}\""), enableRangeProcessing: true);
    }

    /// <summary>Ask about an image</summary>
    /// <remarks>The headers of GET, without the bytes.</remarks>
    /// <param name="name">The id of the image, with or without the file name extension of its type.</param>
    [HttpHead(Name = "headImage"), ProducesResponseType(StatusCodes.Status200OK, Description = "The image is there.")]
    [ProducesResponseType(StatusCodes.Status206PartialContent, Description = "The part of the image that Range asks for is there.")]
    [ProducesResponseType(StatusCodes.Status304NotModified, Description = "The client has the image already.")]
    public Task<FileStreamResult> Head(string name, CancellationToken ct) => Get(name, ct);

    /// <summary>Ask what may be done with an image</summary>
    /// <remarks>Answers the preflight request of a browser, for every origin and whether there is such an image or not.</remarks>
    /// <param name="name">The id of the image, with or without the file name extension of its type.</param>
    [HttpOptions(Name = "imageOptions"), ProducesResponseType(StatusCodes.Status204NoContent, Description = "The methods and headers that are allowed.")]
    public NoContentResult Options(string name)
    {
        const string methods = "GET, HEAD, OPTIONS";
        Response.Headers.Allow = methods;
        Response.Headers.AccessControlAllowMethods = methods;
        Response.Headers.AccessControlAllowHeaders = "If-Modified-Since, If-None-Match, If-Range, Range";
        return NoContent();
    }

    private static GetPublicImage Query(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var id = dot < 0 ? name : name[..dot];

        return Uuid.TryParse(id, out var parsed)
            ? new(parsed, dot < 0 ? null : name[(dot + 1)..].ToLowerInvariant())
            : throw new NotFoundException("That is not the id of an image: a UUID such as 3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.");
    }
}
