using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>
/// Describes the responses to requests that the service rejects before it looks at their path. They are the same for every operation, and
/// have no header of a route. Kestrel sends some of them, without a body.
/// </summary>
/// <remarks>
/// Only the introduction of the document has 405, which no described operation returns, 408 for headers that do not arrive, because the
/// request has no operation yet, and 307, which depends on the operators.
/// </remarks>
internal static class RejectedRequests
{
    private const string Path = "/api/v1/sign-in-options";

    private static readonly (int Status, string Name, string Description)[] WithoutBody =
    [
        (414, "UriTooLong", "The request line is longer than 4 KiB. The response has no body."),
        (431, "RequestHeaderFieldsTooLarge", "There are more than 64 headers, or they are longer than 16 KiB. The response has no body."),
        (505, "HttpVersionNotSupported", "The service does not know this version of HTTP. The response has no body."),
    ];

    private static readonly (int Status, string Name, ProblemText Text)[] WithProblem =
    [
        (
            400,
            "MalformedRequest",
            new(
                "The headers are not UTF-8, or the request is not valid HTTP. In the second case, the response has no body.",
                "The headers have to be UTF-8, without NUL.")),
        (
            501,
            "NotImplemented",
            new(
                "The method is not written in upper case, or the Transfer-Encoding is not chunked.",
                "The only Transfer-Encoding that the service knows is chunked.")),
    ];

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (_, name, description) in WithoutBody)
            document.AddComponent(name, new OpenApiResponse { Description = description });
        foreach (var (status, name, text) in WithProblem)
            document.AddComponent(name, ProblemResponses.Create(status, text, Path, [], document, hasFields: false));

        (int Status, string Name)[] all =
        [
            .. WithoutBody.Select(each => (each.Status, each.Name)),
            .. WithProblem.Select(each => (each.Status, each.Name)),
        ];

        // An operation that describes 400 itself also names this reason.
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            foreach (var (status, name) in all)
                operation.Responses!.TryAdd($"{status}", new OpenApiResponseReference(name, document));
        }
    }
}
