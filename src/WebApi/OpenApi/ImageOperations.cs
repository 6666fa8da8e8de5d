using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>The public route, which is no action and so not found by the framework.</summary>
internal static class ImageOperations
{
    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "Range", "If-Range"];

    public static void AddTo(OpenApiDocument document)
    {
        var image = new OpenApiPathItem { Operations = [] };
        document.Paths.Add("/api/v1/public/images/{name}", image);

        var get = Add(HttpMethod.Get, "getImage", "Fetch an image", "For anybody. Conditional requests and one range of bytes are answered as RFC 9110 says.",
            ("200", "The image."), ("206", "The part of the image that Range asks for."), ("304", "The client has the image already."));
        var head = Add(HttpMethod.Head, "headImage", "Ask about an image", "The headers of GET, without the bytes.",
            ("200", "The image is there."), ("206", "The part of the image that Range asks for is there."), ("304", "The client has the image already."));
        Add(HttpMethod.Options, "imageOptions", "Ask what may be done with an image", "Answers the preflight request of a browser, for every origin and whether there is such an image or not.",
            ("204", "The methods and headers that are allowed."));

        foreach (var read in new[] { get, head })
        {
            foreach (var condition in Conditions)
                read.Parameters!.Add(Headers.Request(condition, document));

            Problems.AddTo(read, [404, 412, 416, 429, 500, 503], document, ofImage: true);
        }

        foreach (var bytes in new[] { "200", "206" })
            ((OpenApiResponse)get.Responses![bytes]).Content = Examples.Picture("The image.", document);

        OpenApiOperation Add(HttpMethod method, string id, string summary, string description, params (string Status, string Description)[] answers)
        {
            var operation = new OpenApiOperation
            {
                Tags = new HashSet<OpenApiTagReference> { new("Images", document) },
                OperationId = id,
                Summary = summary,
                Description = description,
                Parameters =
                [
                    new OpenApiParameter
                    {
                        Name = "name",
                        In = ParameterLocation.Path,
                        Description = "The id of the image, with or without the file name extension of its type.",
                        Required = true,
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                ],
                Responses = [],
            };

            foreach (var (status, answer) in answers)
                operation.Responses.Add(status, new OpenApiResponse { Description = answer, Headers = Headers.Response(document, [.. Own(status), .. Headers.OfPublicRoute]) });

            image.Operations.Add(method, operation);
            return operation;
        }
    }

    private static string[] Own(string status) => status switch
    {
        "200" => [.. Headers.OfImage, .. Headers.OfImageBytes],
        "206" => [.. Headers.OfImage, .. Headers.OfImageBytes, "ContentRange"],
        "304" => Headers.OfImage,
        _ => ["Allow", "AllowMethods", "AllowHeaders"],
    };
}
