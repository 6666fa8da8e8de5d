using FluentValidation;
using GameImages.Application;
using GameImages.Domain;
using GameImages.Domain.Images;
using GameImages.Infrastructure;
using GameImages.WebApi.Games;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi;

/// <summary>The one place where an exception becomes an answer. What a client cannot mend is logged, and tells the client nothing of the inside.</summary>
internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Nobody is there to read an answer.
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Problem(exception);

        if (exception is UploadsFullException)
            logger.LogWarning("{Method} {Path} was sent away: {Reason}", httpContext.Request.Method, httpContext.Request.Path, exception.Message);
        else if (problem.Status >= 500)
            logger.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        if (exception is UploadsFullException)
            httpContext.Response.Headers.RetryAfter = "10";
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable && exception is not OutcomeUnknownException)
            httpContext.Response.Headers.RetryAfter = "1";

        await ProblemResponse.WriteAsync(httpContext, problem);
        return true;
    }

    private static ProblemDetails Problem(Exception exception) => exception switch
    {
        ValidationException invalid => new ValidationProblemDetails(
            invalid.Errors.GroupBy(error => error.PropertyName).ToDictionary(field => field.Key, field => field.Select(error => error.ErrorMessage).ToArray()))
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "Some fields are not valid.",
        },
        BrokenRuleException broken => new ValidationProblemDetails(new Dictionary<string, string[]> { [broken.Subject] = [broken.Message] })
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "Some fields are not valid.",
        },
        ImageRefusedException refused => new ProblemDetails { Status = Status(refused.Refusal), Title = "The image is refused.", Detail = refused.Message },
        NotFoundException missing => new ProblemDetails { Status = StatusCodes.Status404NotFound, Detail = missing.Message },
        NotAllowedException denied => new ProblemDetails { Status = StatusCodes.Status403Forbidden, Detail = denied.Message },
        StaleVersionException stale => new ProblemDetails { Status = StatusCodes.Status412PreconditionFailed, Detail = stale.Message },
        BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message },
        UploadsFullException full => new ProblemDetails { Status = full.Status, Detail = full.Message },
        OutcomeUnknownException unknown => new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = unknown.Message },
        _ when DatabaseFaults.IsUnavailable(exception) => new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Detail = "The database cannot serve this now. Nothing was changed; try again.",
        },
        _ => new ProblemDetails { Status = StatusCodes.Status500InternalServerError, Detail = "The service failed; its operators find out more in the log." },
    };

    private static int Status(ImageRefusal refusal) => refusal switch
    {
        ImageRefusal.TooManyBytes => StatusCodes.Status413PayloadTooLarge,
        ImageRefusal.UnsupportedFormat => StatusCodes.Status415UnsupportedMediaType,
        ImageRefusal.Blocked => StatusCodes.Status451UnavailableForLegalReasons,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
