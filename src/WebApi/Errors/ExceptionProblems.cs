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
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Errors;

/// <summary>The problem (RFC 9457) for each exception.</summary>
internal static class ExceptionProblems
{
    private const string Repeat = "Repeat the request with the same Idempotency-Key: it is carried out once.";

    /// <param name="hasKey">Whether the service carries out repetitions of the request only once.</param>
    public static ProblemDetails Of(Exception exception, bool hasKey) =>
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
                Detail = exceeded.Message,
            }
            .SetQuota(exceeded.Quota, exceeded.Limit, exceeded.Use),
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
                Detail = hasKey ? $"{OutcomeUnknownException.Outcome} {Repeat}" : unknown.Message,
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
