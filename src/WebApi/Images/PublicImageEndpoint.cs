using GameImages.Application;
using GameImages.Application.Images;
using MediatR;

namespace GameImages.WebApi.Images;

/// <summary>The end of the public route: pictures that are not in memory, conditions, ranges, preflights and what is refused.</summary>
internal static class PublicImageEndpoint
{
    private const string Methods = "GET, HEAD, OPTIONS";

    public static Task AnswerAsync(HttpContext context)
    {
        var method = context.Request.Method;

        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            return ReadAsync(context, HttpMethods.IsGet(method));

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

    private static async Task ReadAsync(HttpContext context, bool isGet)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        var headers = context.Request.Headers;

        // Who has conditions may not need the content, and who wants a range, not from the beginning.
        var wantsContent = isGet && headers.IfNoneMatch.Count == 0 && headers.Range.Count == 0;
        var image = await mediator.Send(Query(context, wantsContent), context.RequestAborted);

        if (ImageAnswer.Plain(context.Request, image) is { } status)
            await ImageAnswer.SendAsync(context, image, status);
        else
            await ImageAnswer.SendConditionallyAsync(context, image);
    }

    private static GetPublicImage Query(HttpContext context, bool withContent) =>
        ImageName.TryParse(PublicRoute.Name(context), out var name)
            ? name.Query(withContent)
            : throw new NotFoundException("That is not the id of an image: a UUID such as 3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.");
}
