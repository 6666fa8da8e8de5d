using GameImages.Application.Games;
using GameImages.WebApi.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GameImages.WebApi.Games;

/// <summary>
/// Evaluates the conditions that the use cases do not know: If-None-Match in a request that changes a game, and If-Match in one that reads
/// it (RFC 9110 section 13.2.2). A game never gets a version again that it had before, so the result stays true until the change is made.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GameConditionsAttribute : Attribute, IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        var mediator = http.RequestServices.GetRequiredService<IMediator>();

        // A POST creates a game, and has no condition on another one.
        if (context.ActionArguments.TryGetValue("id", out var value) && value is Guid id && !HttpMethods.IsPost(http.Request.Method))
        {
            var isRead = HttpMethods.IsGet(http.Request.Method);

            if (isRead && http.Request.IfMatch() is { } versions)
                await mediator.Send(new ExpectGame(id, versions), http.RequestAborted);
            else if (!isRead && await NamesVersionAsync(http.Request, id, mediator))
            {
                await RejectAsync(http, id);
                context.Result = new EmptyResult();
                return;
            }
        }

        await next();
    }

    private static async Task<bool> NamesVersionAsync(HttpRequest request, Guid id, IMediator mediator) =>
        request.Headers.IfNoneMatch.Count > 0
        && request.HasCopyOf(await mediator.Send(new GetGame(id), request.HttpContext.RequestAborted));

    private static Task RejectAsync(HttpContext context, Guid id) => ProblemResponse.WriteAsync(context, new ProblemDetails
    {
        Status = StatusCodes.Status412PreconditionFailed,
        Detail = $"Game {id} has a version that If-None-Match names.",
    });
}
