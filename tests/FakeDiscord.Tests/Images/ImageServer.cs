using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace GameImages.Testing.Discord.Tests.Images;

/// <summary>Serves images without a socket. It never responds to a URL that contains "never".</summary>
internal sealed class ImageServer : HttpMessageHandler
{
    public ConcurrentDictionary<string, Func<HttpResponseMessage>> Pages { get; } = new();

    public ConcurrentQueue<HttpRequestMessage> Requests { get; } = new();

    public void Add(string url, byte[] bytes, string? contentType) =>
        Pages[url] = () =>
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);
            return new(HttpStatusCode.OK) { Content = content };
        };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        var url = request.RequestUri!.ToString();

        if (url.Contains("never", StringComparison.Ordinal))
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
                .ContinueWith<HttpResponseMessage>(_ => throw new OperationCanceledException(), TaskScheduler.Default);

        return Task.FromResult(Pages.TryGetValue(url, out var page) ? page() : new(HttpStatusCode.NotFound));
    }
}
