using System.Diagnostics;
using System.Text.Json;
using FluentValidation;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Database;
using GameImages.WebApi.Games;
using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Errors;

/// <summary>
/// The only place that turns an exception into a response. It logs a failure of the service in one line, and the stack at level Debug. The
/// response reveals nothing internal except the trace id of that line.
/// </summary>
internal sealed class ProblemExceptionHandler(RequestDelegate next, ILogger<ProblemExceptionHandler> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested || exception is ConnectionResetException)
        {
            // The client has disconnected and cannot read a response. Unless the request is aborted, Kestrel tries to read the rest of the
            // body and logs its failure.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;

            context.Abort();
        }
        catch (Exception exception)
        {
            await RespondAsync(context, exception);
        }
    }

    private async Task RespondAsync(HttpContext context, Exception exception)
    {
        var problem = Problem(exception);

        if (problem.Status >= 500)
        {
            var traceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            problem.Extensions["trace_id"] = traceId;
            Log(context, exception, problem.Status.Value, traceId);
        }

        // The client must not mistake the part that it has received for the whole response.
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        if (exception is UploadsFullException)
            context.Response.Headers.RetryAfter = "10";
        else if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status409Conflict)
            context.Response.Headers.RetryAfter = "1";

        await ProblemResponse.WriteAsync(context, problem);
    }

    private void Log(HttpContext context, Exception exception, int status, string traceId)
    {
        var level = exception is UploadsFullException or ListTooSlowException ? LogLevel.Warning : LogLevel.Error;
        var place = status == StatusCodes.Status500InternalServerError ? FailureLogLine.Place(exception) : "";
        logger.Log(level, "{Request} failed with {Status}: {Reason}{Place} (trace {TraceId})",
            FailureLogLine.Request(context.Request), status, FailureLogLine.Reason(exception), place, traceId);
        logger.LogDebug(exception, "Stack of trace {TraceId}", traceId);
    }

    private static ProblemDetails Problem(Exception exception) =>
        exception switch
        {
            InvalidFieldsException invalid => InvalidFields(StatusCodes.Status400BadRequest, invalid.Errors),
            ValidationException invalid => InvalidFields(
                StatusCodes.Status400BadRequest,
                invalid.Errors
                    .GroupBy(error => FieldName(error.PropertyName))
                    .ToDictionary(field => field.Key, field => field.Select(error => error.ErrorMessage).ToArray())),
            BrokenRuleException broken => InvalidFields(
                StatusCodes.Status400BadRequest, new() { [FieldName(broken.Subject)] = [broken.Message] }),
            FieldRefusedException refused => InvalidFields(
                StatusCodes.Status422UnprocessableEntity, new() { [FieldName(refused.Field)] = [refused.Message] }),
            ImageRefusedException refused => new ProblemDetails
            {
                Status = Status(refused.Refusal),
                Title = "The image is refused.",
                Detail = refused.Message,
            },
            NotFoundException missing => new ProblemDetails { Status = StatusCodes.Status404NotFound, Detail = missing.Message },
            NotAllowedException denied => new ProblemDetails { Status = StatusCodes.Status403Forbidden, Detail = denied.Message },
            StaleVersionException stale => new ProblemDetails
            {
                Status = StatusCodes.Status412PreconditionFailed,
                Detail = $"{stale.Message} If-Match names an older version.",
            },
            KnownVersionException known => new ProblemDetails { Status = StatusCodes.Status412PreconditionFailed, Detail = known.Message },
            QuotaExceededException exceeded => new ProblemDetails
            {
                Status = exceeded.Quota is "guild_bytes" or "guild_images"
                    ? StatusCodes.Status413PayloadTooLarge
                    : StatusCodes.Status429TooManyRequests,
                Title = "A quota is exceeded.",
                Detail = exceeded.Message,
                Extensions = { ["quota"] = exceeded.Quota, ["limit"] = exceeded.Limit, ["use"] = exceeded.Use },
            },
            RequestInProgressException running => new ProblemDetails
            {
                Status = StatusCodes.Status409Conflict,
                Detail = running.Message,
            },
            KeyReusedException reused => new ProblemDetails
            {
                Status = StatusCodes.Status422UnprocessableEntity,
                Detail = reused.Message,
            },
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message },
            // Kestrel reports a chunk of 2 GiB or more in this way.
            IOException { InnerException: OverflowException } => new ProblemDetails
            {
                Status = StatusCodes.Status400BadRequest,
                Detail = "A chunk of the body is too large.",
            },
            ListTooSlowException slow => new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = slow.Message },
            UploadsFullException full => new ProblemDetails { Status = full.Status, Detail = full.Message },
            OutcomeUnknownException unknown => new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Detail = unknown.Message,
            },
            _ when DatabaseFaults.IsUnavailable(exception) => new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Detail = "The database is unavailable. Nothing was changed; try again.",
            },
            _ => new ProblemDetails
            {
                Status = StatusCodes.Status500InternalServerError,
                Detail = "The service failed. Its operators can find the reason in the log under the trace_id.",
            },
        };

    private static ValidationProblemDetails InvalidFields(int status, Dictionary<string, string[]> errors) =>
        new(errors) { Status = status, Title = "Some fields are not valid." };

    // The name that a property has in the API.
    private static string FieldName(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);

    private static int Status(ImageRefusal refusal) =>
        refusal switch
        {
            ImageRefusal.TooManyBytes => StatusCodes.Status413PayloadTooLarge,
            ImageRefusal.UnsupportedFormat => StatusCodes.Status415UnsupportedMediaType,
            ImageRefusal.Blocked => StatusCodes.Status451UnavailableForLegalReasons,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
