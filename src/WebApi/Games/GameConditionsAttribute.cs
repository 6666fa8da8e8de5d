using GameImages.Application.Games;
using MediatR;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GameImages.WebApi.Games;

/// <summary>
/// Evaluates If-None-Match in a request that changes a game, which the use cases do not know (RFC 9110 section 13.2.2). A game never gets
/// a version again that it had before, so the result stays true until the change is made.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GameConditionsAttribute : Attribute, IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var request = context.HttpContext.Request;

        // A POST creates a game, and has no condition on another one.
        if (context.ActionArguments.TryGetValue("id", out var value) && value is Guid id
            && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method)
            && request.Headers.IfNoneMatch.Count > 0)
        {
            var mediator = context.HttpContext.RequestServices.GetRequiredService<IMediator>();
            if (request.HasCopyOf(await mediator.Send(new GetGame(id), context.HttpContext.RequestAborted)))
                throw new KnownVersionException(id);
        }

        await next();
    }
}

/// <summary>The game has a version that the request must not find (If-None-Match).</summary>
internal sealed class KnownVersionException(Guid id) : Exception($"Game {id} has a version that If-None-Match names.");
