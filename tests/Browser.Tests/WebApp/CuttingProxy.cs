using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace GameImages.Browser.Tests.WebApp;

/// <summary>Forwards requests from the browser to the service, and closes the connections that a test chooses.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication site;
    private readonly X509Certificate2 certificate;

    private CuttingProxy(WebApplication site, X509Certificate2 certificate, Uri service)
    {
        this.site = site;
        this.certificate = certificate;
        site.Run(context => ForwardAsync(context, service));
    }

    /// <summary>The keys of the requests for new games that arrived.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    /// <summary>How many bytes each of these requests has, with its headers.</summary>
    public ConcurrentQueue<long> Lengths { get; } = [];

    /// <summary>When to close the connections of the next requests for new games.</summary>
    public ConcurrentQueue<Cut> Cuts { get; } = [];

    public Uri Origin => new(site.Urls.Single());

    /// <param name="multiplexes">Whether to use HTTP/2 over TLS instead of HTTP/1.1.</param>
    public static async Task<CuttingProxy> StartAsync(Uri service, bool multiplexes)
    {
        var certificate = MakeCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            if (multiplexes)
                endpoint.UseHttps(certificate);
        }));

        var proxy = new CuttingProxy(builder.Build(), certificate, service);
        await proxy.site.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        client.Dispose();
        certificate.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, Uri service)
    {
        var creates = context.Request is { Method: "POST", Path.Value: "/api/v1/games" };
        var cut = Cut.Never;
        if (creates)
        {
            Keys.Enqueue($"{context.Request.Headers["Idempotency-Key"]}");
            Lengths.Enqueue(LengthOf(context.Request));
            Cuts.TryDequeue(out cut);
            context.Request.EnableBuffering();
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Request.Body.Position = 0;
        }

        if (cut == Cut.BeforeTheService)
        {
            Close(context);
            return;
        }

        using var request = Copy(context.Request, service);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);

        if (cut == Cut.BeforeTheResponse)
            Close(context);
        else
            await CopyAsync(response, context.Response, context.RequestAborted);
    }

    /// <summary>Closes the connection and all its requests.</summary>
    private static void Close(HttpContext context) => context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();

    // The request line of a create, the lines of its headers, an empty line, and the body.
    private static long LengthOf(HttpRequest request) =>
        "POST /api/v1/games HTTP/1.1\r\n".Length
        + request.Headers.Sum(header => $"{header.Key}: {header.Value}\r\n".Length)
        + "\r\n".Length
        + (request.ContentLength ?? 0);

    private static HttpRequestMessage Copy(HttpRequest request, Uri service)
    {
        var copy = new HttpRequestMessage(new(request.Method), new Uri(service, $"{request.Path}{request.QueryString}"));
        if (request.ContentType is not null)
            copy.Content = new StreamContent(request.Body);

        var copied = request.Headers.Where(header =>
            !header.Key.StartsWith(':') && header.Key is not ("Host" or "Connection" or "Transfer-Encoding"));
        foreach (var (name, values) in copied)
        {
            if (!copy.Headers.TryAddWithoutValidation(name, [.. values]))
                copy.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        return copy;
    }

    private static async Task CopyAsync(HttpResponseMessage original, HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = (int)original.StatusCode;
        var copied = original.Headers
            .Concat(original.Content.Headers)
            .Where(header => header.Key is not ("Transfer-Encoding" or "Connection"));
        foreach (var (name, values) in copied)
            response.Headers[name] = values.ToArray();

        // The proxy closes its connection when the service closes its own, as a tunnel does.
        if (original.Headers.ConnectionClose is true)
            response.HttpContext.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();

        await original.Content.CopyToAsync(response.Body, ct);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>The point at which the proxy closes a connection.</summary>
internal enum Cut
{
    Never,
    BeforeTheService,
    BeforeTheResponse,
}
