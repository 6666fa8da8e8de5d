using System.Text.Json;
using GameImages.WebApi.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.WebApi.Transport;

/// <summary>
/// Adds a problem (RFC 9457) to the responses of Kestrel to requests that it rejects before the service sees them, such as a malformed
/// request line, %00 in the path, or a header that is not UTF-8. Kestrel would send an empty body. It reports such a request before it
/// responds, together with the features of the response.
/// </summary>
internal sealed class RejectedRequests : IObserver<KeyValuePair<string, object?>>
{
    public const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Value is IFeatureCollection features
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException error)
            Describe(response, features.GetRequiredFeature<IHttpResponseBodyFeature>(), error);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    private static void Describe(IHttpResponseFeature response, IHttpResponseBodyFeature body, BadHttpRequestException error)
    {
        var problem = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemDetails
            {
                Status = error.StatusCode,
                Title = ReasonPhrases.GetReasonPhrase(error.StatusCode),
                Detail = error.Message,
            },
            ApiJson.Json);
        response.Headers.ContentType = "application/problem+json";
        response.Headers.ContentLength = problem.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";

        // Kestrel sends the body together with the headers.
        problem.CopyTo(body.Writer.GetSpan(problem.Length));
        body.Writer.Advance(problem.Length);
    }
}
