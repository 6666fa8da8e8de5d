using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
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

    // The smaller first.
    private static readonly (string Encoding, string Extension)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>The arguments for the host that tell a published service, which has its files beside it, where they are: it may be started from anywhere.</summary>
    public static string[] WhereItIs =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? ["--contentRoot", AppContext.BaseDirectory] : [];

    public static void UseWebApp(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;

        if (!files.GetFileInfo(Index).Exists)
        {
            app.Logger.LogInformation("There is no web app: {Path} has no wwwroot{Index}.", app.Environment.ContentRootPath, Index);
            return;
        }

        app.Use(
            (context, next) =>
            {
                var request = context.Request;

                if (context.GetEndpoint() is null && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
                {
                    // The app finds out itself which page an address means.
                    if (!files.GetFileInfo(request.Path.Value!).Exists && !Others.Any(other => request.Path.StartsWithSegments(other)))
                        request.Path = Index;

                    request.Path = new(request.Path.Value + ExtensionFor(request, files));
                }

                return next(context);
            });
        app.UseStaticFiles(
            new StaticFileOptions { ContentTypeProvider = new Types(), OnPrepareResponse = file => Describe(file.Context) });
    }

    /// <returns>That of the compressed file which the client likes best (RFC 9110 section 12.5.3); null when it is to get the file as it is.</returns>
    private static string? ExtensionFor(HttpRequest request, IFileProvider files)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Compressed
            .Where(file =>
                Quality(file.Encoding) > 0
                && Quality(file.Encoding) >= Quality("identity")
                && files.GetFileInfo(request.Path.Value + file.Extension).Exists)
            .OrderByDescending(file => Quality(file.Encoding))
            .FirstOrDefault().Extension;

        double Quality(string encoding) => (Find(encoding) ?? Find("*")) is { } named ? named.Quality ?? 1 : 0;

        StringWithQualityHeaderValue? Find(string name) =>
            accepted.FirstOrDefault(value => value.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static void Describe(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.Vary = HeaderNames.AcceptEncoding;

        // What an error says is not in the file.
        if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent)
            headers.ContentEncoding = EncodingOf(context.Request.Path.Value!);

        // A file under /assets has the hash of its content in its name.
        headers.CacheControl = context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private static string? EncodingOf(string path) =>
        Compressed.FirstOrDefault(file => path.EndsWith(file.Extension, StringComparison.Ordinal)).Encoding;

    /// <summary>A compressed file is of the type of what is in it.</summary>
    private sealed class Types : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider types = new();

        public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
            types.TryGetContentType(EncodingOf(subpath) is null ? subpath : Path.ChangeExtension(subpath, null), out contentType);
    }
}
