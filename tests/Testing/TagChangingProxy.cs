using System.Net.Http.Headers;

namespace GameImages.Testing;

/// <summary>Changes the entity tags of responses as a reverse proxy does that compresses them.</summary>
/// <param name="change">Changes the tag; null to remove it.</param>
public sealed class TagChangingProxy(Func<string, string?> change) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);

        if (response.Headers.ETag is { } tag)
            response.Headers.ETag = change($"{tag}") is { } changed ? EntityTagHeaderValue.Parse(changed) : null;

        return response;
    }
}
