using GameImages.Application;
using GameImages.Application.Images;
using MediatR;

namespace GameImages.WebApi.Images;

/// <summary>
/// The last middleware of the public route. It responds with images that are not in memory, and to conditional requests, range requests,
/// preflight requests and methods that are not allowed.
/// </summary>
internal sealed class PublicImageEndpoint(IMediator mediator) : IMiddleware
{
    private const string Methods = "GET, HEAD, OPTIONS";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        var name = PublicRoute.Name(context);

        // A path with more segments is not one of this route, whatever the method is.
        if (name.IsEmpty || (name.Contains('/') && !ImageName.TryParse(name, out _)))
            throw NoId();

        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            return SendImageAsync(context, HttpMethods.IsGet(method));

        var response = context.Response;
        response.Headers.Allow = Methods;

        if (!HttpMethods.IsOptions(method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlAllowHeaders = "If-None-Match, If-Range, Range";
        return Task.CompletedTask;
    }

    private async Task SendImageAsync(HttpContext context, bool isGet)
    {
        var headers = context.Request.Headers;

        // A conditional request may not need the content, and a range may not need its beginning.
        var withContent = isGet && headers.IfNoneMatch.Count == 0 && headers.Range.Count == 0;
        var key = Name(context).Key;
        var image = await mediator.Send(new GetPublicImage(key, withContent), context.RequestAborted);
        if (image.Key != key)
        {
            RedirectToOriginal(context.Response, image);
            return;
        }

        CheckExtension(Name(context), image);

        if (ImageResponse.FindSimpleStatus(context.Request, image) is { } status)
            await ImageResponse.SendAsync(context, image, status);
        else
            await ImageResponse.SendConditionallyAsync(context, image);
    }

    // The variant may be made in a second, so no cache may keep this answer.
    private static void RedirectToOriginal(HttpResponse response, PublicImage original)
    {
        response.Headers.CacheControl = "no-store";
        response.Redirect($"{response.HttpContext.Request.PathBase}{PublicImagePath.Of(original.Key.ImageId, original.Format)}");
    }

    private static ImageName Name(HttpContext context) =>
        ImageName.TryParse(PublicRoute.Name(context), out var name)
            ? name
            : throw NoId();

    private static NotFoundException NoId() =>
        new(
            "This is not the id of an image. An id is a UUID such as 3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01. "
            + "A smaller copy is named by the id and its width, such as 3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01/640.webp.");

    private static void CheckExtension(ImageName name, PublicImage image)
    {
        if (!name.Fits(image))
            throw new NotFoundException($"Image {name.Key.ImageId} is not a .{name.Extension} file.");
    }
}
