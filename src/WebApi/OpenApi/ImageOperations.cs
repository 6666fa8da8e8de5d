using GameImages.WebApi.Images;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>What the public route takes and answers, which the framework does for a file that an action returns.</summary>
internal static class ImageOperations
{
    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Range", "If-Range"];

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (context.Description.ActionDescriptor is not ControllerActionDescriptor action || action.ControllerTypeInfo != typeof(PublicImagesController))
            return Task.CompletedTask;

        var document = context.Document!;

        foreach (var (status, response) in operation.Responses!.Select(answer => (answer.Key, (OpenApiResponse)answer.Value)))
        {
            string[] own = status switch
            {
                "200" => [.. Headers.OfImage, .. Headers.OfImageBytes],
                "206" => [.. Headers.OfImage, .. Headers.OfImageBytes, "ContentRange"],
                "304" => Headers.OfImage,
                _ => ["Allow", "AllowMethods", "AllowHeaders"],
            };
            response.Headers = Headers.Response(document, [.. own, .. Headers.OfPublicRoute]);

            if (status is "200" or "206" && context.Description.HttpMethod == HttpMethods.Get)
                response.Content = Examples.Picture("The image.", document);
        }

        if (context.Description.HttpMethod == HttpMethods.Options)
            return Task.CompletedTask;

        foreach (var condition in Conditions)
            operation.Parameters!.Add(Headers.Request(condition, document));

        Problems.AddTo(operation, [404, 412, 416, 429, 500, 503], document, ofImage: true);
        return Task.CompletedTask;
    }
}
