using System.Text.Json.Nodes;
using GameImages.Domain.Images;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>Describes the public route. The framework does not find it, because middleware answers it before routing.</summary>
internal static class ImageOperations
{
    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "Range", "If-Range"];

    public static void AddTo(OpenApiDocument document)
    {
        AddTo(document, "/api/v1/public/images/{id}", "", "For anybody.", Id());
        AddTo(
            document, "/api/v1/public/images/{id}.{ext}", "WithExtension",
            "The same image under a name that ends as its type does. Discord animates a GIF only under such a name.", Id(), Extension());
    }

    private static void AddTo(OpenApiDocument document, string path, string suffix, string note, params OpenApiParameter[] parameters)
    {
        var image = new OpenApiPathItem { Operations = [] };
        document.Paths.Add(path, image);

        var get = Add(
            HttpMethod.Get,
            "getImage",
            "Fetch an image",
            "Conditional requests and one range of bytes are answered as RFC 9110 says.",
            ("200", "The image."),
            ("206", "The part of the image that Range asks for."),
            ("304", "The client has the image already."));
        var head = Add(
            HttpMethod.Head,
            "headImage",
            "Ask about an image",
            "The headers of GET, without the bytes.",
            ("200", "The image exists."),
            ("206", "The part of the image that Range asks for exists."),
            ("304", "The client has the image already."));
        Add(
            HttpMethod.Options,
            "imageOptions",
            "Ask what may be done with an image",
            "Answers the preflight request of a browser, for every origin and whether the image exists or not.",
            ("204", "The methods and headers that are allowed."));

        foreach (var read in new[] { get, head })
        {
            foreach (var condition in Conditions)
                read.Parameters!.Add(Headers.Request(condition, document));

            Problems.AddTo(read, [404, 412, 416, 429, 500, 503], document, ofImage: true);
        }

        foreach (var bytes in new[] { "200", "206" })
            ((OpenApiResponse)get.Responses![bytes]).Content = Examples.Picture("The image.", document);

        OpenApiOperation Add(
            HttpMethod method,
            string id,
            string summary,
            string description,
            params (string Status, string Description)[] answers)
        {
            var operation = new OpenApiOperation
            {
                Tags = new HashSet<OpenApiTagReference> { new("public", document) },
                OperationId = $"{id}{suffix}",
                Summary = summary,
                Description = $"{note} {description}",
                Parameters = [.. parameters],
                Responses = [],
            };

            foreach (var (status, answer) in answers)
                operation.Responses.Add(
                    status,
                    new OpenApiResponse
                    {
                        Description = answer,
                        Headers = Headers.Response(document, [.. Own(status), .. Headers.OfPublicRoute]),
                    });

            image.Operations.Add(method, operation);
            return operation;
        }
    }

    private static OpenApiParameter Id() => Path("id", "The id of the image.", new() { Type = JsonSchemaType.String, Format = "uuid" });

    private static OpenApiParameter Extension() => Path("ext", "A file name extension of the type of the image, in either case.", new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. ImageFormat.All.SelectMany(format => format.Extensions).Select(extension => JsonValue.Create(extension))],
    });

    private static OpenApiParameter Path(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Path, Description = description, Required = true, Schema = schema };

    private static string[] Own(string status) => status switch
    {
        "200" => [.. Headers.OfImage, .. Headers.OfImageBytes],
        "206" => [.. Headers.OfImage, .. Headers.OfImageBytes, "ContentRange"],
        "304" => Headers.OfImage,
        _ => ["Allow", "AllowMethods", "AllowHeaders"],
    };
}
