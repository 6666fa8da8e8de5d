using System.Diagnostics;
using GameImages.Application.Games;
using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.Connections;

namespace GameImages.WebApi.Errors;

/// <summary>
/// The only place that turns an exception into a response (<see cref="ExceptionProblems"/>). It logs a failure of the service in one line,
/// and the stack at level Debug. The response reveals nothing internal except the trace id of that line.
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
        var problem = ExceptionProblems.Of(exception, IdempotencyKeys.AppliesTo(context.Request));

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
}
