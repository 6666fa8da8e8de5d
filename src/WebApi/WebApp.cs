using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi;

/// <summary>The single-page app, where its files are in wwwroot. Without them there is nothing to serve, and nothing changes.</summary>
internal static class WebApp
{
    private const string Index = "/index.html";

    private const string Policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] Others = ["/api", "/health", "/openapi", "/docs", "/sign-in", "/assets"];

    public static void UseWebApp(this WebApplication app)
    {
        if (!app.Environment.WebRootFileProvider.GetFileInfo(Index).Exists)
            return;

        var files = new StaticFileOptions { OnPrepareResponse = file => Describe(file.Context) };
        app.UseStaticFiles(files);

        // The app finds out itself which page an address means.
        app.Use((context, next) =>
        {
            if (HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint() is null && !Others.Any(other => context.Request.Path.StartsWithSegments(other)))
                context.Request.Path = Index;

            return next(context);
        });
        app.UseStaticFiles(files);
    }

    private static void Describe(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;

        // A file under /assets has the hash of its content in its name.
        headers[HeaderNames.CacheControl] = context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
