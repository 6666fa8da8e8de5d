using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Cross-site request forgery: browsers send the cookie along whoever made them ask. What changes something has to show, in a header, a token that only a page
/// of this origin can have read.
/// </summary>
internal static class Csrf
{
    public const string Header = "X-CSRF-Token";

    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (
            Session.Of(context) is null
            || !IsCovered(context.Request.Path)
            || await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
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

/// <summary>Makes a token worthless beside another session, of the same user and browser too.</summary>
internal sealed class CsrfSession : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Session.Of(context)?.Id.ToString() ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == GetAdditionalData(context);
}
