using GameImages.WebApi.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Prevents cross-site request forgery. A browser sends the session cookie with every request, even if another site caused the request. A
/// request that changes something therefore needs a header with a token that only a page of this origin can read.
/// </summary>
internal sealed class CsrfProtection(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string Header = "X-CSRF-Token";

    public async Task InvokeAsync(HttpContext context)
    {
        if (Session.Of(context) is null || !IsCovered(context.Request.Path) || await antiforgery.IsRequestValidAsync(context))
        {
            await next(context);
            return;
        }

        await ProblemResponse.WriteAsync(context, new ProblemDetails
        {
            Status = StatusCodes.Status400BadRequest,
            Detail = $"{Header} has to be the csrf_token of this session.",
            Extensions = { ["code"] = "csrf" },
        });
    }

    private static bool IsCovered(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/sign-out");
}

/// <summary>Binds a token to one session. It is invalid in other sessions, even in those of the same user and browser.</summary>
internal sealed class CsrfSession : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Session.Of(context)?.Id.ToString() ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == GetAdditionalData(context);
}
