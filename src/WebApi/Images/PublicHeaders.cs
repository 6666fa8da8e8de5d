namespace GameImages.WebApi.Images;

/// <summary>What every answer of the public route carries, errors included: anybody may read it, nobody may keep an error.</summary>
internal sealed class PublicHeaders(RequestDelegate next)
{
    public const string Path = "/api/v1/public/images";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";

            if (context.Response.StatusCode >= 400)
                headers.CacheControl = "no-store";

            return Task.CompletedTask;
        });
        await next(context);

        // The framework leaves a condition that failed (412) and a range beyond the end (416) without a body.
        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: 0 or null })
            await ProblemResponse.WriteAsync(context);
    }
}
