using System.Text.Json.Nodes;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>Describes the public route. The framework does not find it, because middleware handles it before routing.</summary>
internal static class ImageOperations
{
    private static readonly string[] Conditions = ["If-Match", "If-None-Match"];
    private static readonly string[] Ranges = ["Range", "If-Range"];

    public static void AddTo(OpenApiDocument document)
    {
        AddTo(document, "/api/v1/public/images/{id}", "", "Needs no credentials.", Id());
        AddTo(
            document, "/api/v1/public/images/{id}.{ext}", "WithExtension",
            "The same image under a name with the extension of its type. Discord animates a GIF only under such a name.",
            Id(), Extension());
        AddTo(
            document, "/api/v1/public/images/{id}/{width}.webp", "Variant",
            "A smaller copy as WebP. The response is a redirect to the original if there is no such copy, or not yet.",
            Id(), Width());
    }

    private static void AddTo(OpenApiDocument document, string path, string suffix, string note, params OpenApiParameter[] parameters)
    {
        var isVariant = parameters.Any(parameter => parameter.Name == "width");
        var image = new OpenApiPathItem { Operations = [] };
        document.Paths.Add(path, image);

        var get = Add(
            HttpMethod.Get,
            "getImage",
            "Fetch an image",
            "Supports conditional requests and one range of bytes (RFC 9110).",
            ("200", "The image."),
            ("206", "The range of the image that the client requested."),
            ("304", "The client already has the image."));
        var head = Add(
            HttpMethod.Head,
            "headImage",
            "Check an image",
            "Responds with the headers of GET, without the bytes.",
            ("200", "The image exists."),
            ("304", "The client already has the image."));
        var options = Add(
            HttpMethod.Options,
            "imageOptions",
            "Request the allowed methods",
            "Responds to the preflight request of a browser. The response is the same for every origin, even if there is no such image.",
            ("204", "The methods and headers that are allowed."));

        foreach (var read in new[] { get, head })
        {
            // Only GET has ranges (RFC 9110 section 14.2).
            foreach (var header in read == get ? [.. Conditions, .. Ranges] : Conditions)
                read.Parameters!.Add(ApiHeaders.Request(header, document));

            int[] ranges = read == get ? [416] : [];
            if (isVariant)
            {
                read.Responses!.Add("302", new OpenApiResponse
                {
                    Description = "There is no copy of this width, or not yet.",
                    Headers = ApiHeaders.Response(document, ["OriginalLocation", "AnswerNotKept", .. ApiHeaders.OfPublicRoute]),
                });
            }

            Problems.AddTo(read, [404, 412, .. ranges, 429, 500, 503], document, ofImage: true);
        }

        if (isVariant)
            Problems.AddTo(options, [404], document, ofImage: true);

        foreach (var bytes in new[] { "200", "206" })
            ((OpenApiResponse)get.Responses![bytes]).Content = Examples.Image("The image.", document);

        OpenApiOperation Add(
            HttpMethod method,
            string id,
            string summary,
            string description,
            params (string Status, string Description)[] responses)
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

            foreach (var (status, response) in responses)
                operation.Responses.Add(
                    status,
                    new OpenApiResponse
                    {
                        Description = response,
                        Headers = ApiHeaders.Response(document, [.. Own(status), .. ApiHeaders.OfPublicRoute]),
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

    private static OpenApiParameter Width() => Path("width", "The width in pixels, one of those that the operators have set.", new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Examples = [.. VariantWidths.Default.Values.Select(width => (JsonNode)width)],
    });

    private static OpenApiParameter Path(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Path, Description = description, Required = true, Schema = schema };

    private static string[] Own(string status) => status switch
    {
        "200" => [.. ApiHeaders.OfImage, .. ApiHeaders.OfImageBytes],
        "206" => [.. ApiHeaders.OfImage, .. ApiHeaders.OfImageBytes, "ContentRange"],
        "304" => ApiHeaders.OfImage,
        _ => ["Allow", "AllowMethods", "AllowHeaders"],
    };
}
