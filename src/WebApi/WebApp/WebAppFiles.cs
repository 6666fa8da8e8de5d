using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.WebApp;

/// <summary>Serves the single-page app from wwwroot, if there is one.</summary>
internal static class WebAppFiles
{
    private const string Index = "/index.html";

    private const string Policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // The encoding that makes smaller files is first.
    private static readonly (string Encoding, string Extension)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>
    /// The arguments that make the folder of the program the content root, if wwwroot is there. A published service then finds its files
    /// whatever the current directory is.
    /// </summary>
    public static string[] ContentRootArguments =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? ["--contentRoot", AppContext.BaseDirectory] : [];

    public static void UseWebApp(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;

        if (!files.GetFileInfo(Index).Exists)
        {
            app.Logger.LogInformation(
                "Found no web app, because {Path} has no wwwroot{Index}. The service serves only its API.",
                app.Environment.ContentRootPath, Index);
            return;
        }

        app.UseWhen(MayBeFile, branch =>
        {
            branch.Use((context, next) =>
            {
                ChooseFile(context, files);
                return next(context);
            });
            branch.UseStaticFiles(new StaticFileOptions
            {
                ContentTypeProvider = new UncompressedTypes(),
                OnPrepareResponse = file => AddHeaders(file.Context),
            });
        });
    }

    // The file provider would skip empty segments.
    private static bool MayBeFile(HttpContext context) =>
        context.GetEndpoint() is null
        && HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.Value!.Contains("//", StringComparison.Ordinal);

    private static void ChooseFile(HttpContext context, IFileProvider files)
    {
        var request = context.Request;

        if (AppRoutes.Contain(request.Path))
            request.Path = Index;

        request.Path = new(request.Path.Value + CompressedExtension(request, files));
    }

    /// <returns>
    /// The extension of the compressed file that the client prefers (RFC 9110 section 12.5.3); null for the uncompressed file.
    /// </returns>
    private static string? CompressedExtension(HttpRequest request, IFileProvider files)
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

    private static void AddHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.Vary = HeaderNames.AcceptEncoding;

        // The body of 416 is not from the compressed file.
        if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent)
            headers.ContentEncoding = EncodingOf(context.Request.Path.Value!);

        // The name of a file under /assets contains the hash of its content.
        headers.CacheControl = context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private static string? EncodingOf(string path) =>
        Compressed.FirstOrDefault(file => path.EndsWith(file.Extension, StringComparison.Ordinal)).Encoding;

    /// <summary>A compressed file has the content type of the file that was compressed.</summary>
    private sealed class UncompressedTypes : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider types = new();

        public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
            types.TryGetContentType(EncodingOf(subpath) is null ? subpath : Path.ChangeExtension(subpath, null), out contentType);
    }
}
