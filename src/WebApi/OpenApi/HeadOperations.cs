using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>Describes HEAD wherever the document describes GET.</summary>
internal static partial class HeadOperations
{
    public static void AddTo(OpenApiDocument document)
    {
        foreach (var path in document.Paths.Values)
        {
            if (path.Operations!.TryGetValue(HttpMethod.Get, out var get))
                path.Operations.TryAdd(HttpMethod.Head, HeadOf(get));
        }
    }

    private static OpenApiOperation HeadOf(OpenApiOperation get) => new()
    {
        Tags = get.Tags,
        OperationId = Verb().Replace(get.OperationId!, "head"),
        Summary = $"{get.Summary} (headers only)",
        Description = "Responds with the status and the headers of GET, without the body.",
        Parameters = get.Parameters,
        Security = get.Security,
        Responses = Responses(get),
    };

    private static OpenApiResponses Responses(OpenApiOperation get)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in get.Responses!)
            responses.Add(status, response is OpenApiResponse own && status[0] < '4' ? WithoutBody(own) : response);

        return responses;
    }

    private static OpenApiResponse WithoutBody(OpenApiResponse response) =>
        new() { Description = response.Description, Headers = response.Headers };

    [GeneratedRegex("^(get|list)")]
    private static partial Regex Verb();
}
