namespace GameImages.WebApi.Images;

/// <summary>What every answer of the public route carries, errors included: anybody may read it, nobody may keep an error.</summary>
internal sealed class PublicHeaders(RequestDelegate next)
{
    public const string Path = "/api/v1/public/images";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
        {
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
        }

        return next(context);
    }
}
