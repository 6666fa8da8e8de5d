using System.Reflection;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.WebApi.Http;
using GameImages.WebApi.Sessions;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>
/// Describes what the operations of members have in common, and the queries and bodies that their actions read by themselves.
/// </summary>
internal static class MemberOperations
{
    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (context.Description.ActionDescriptor is not ControllerActionDescriptor action)
            return;

        var document = context.Document!;
        var method = context.Description.HttpMethod!;
        var fields = action.MethodInfo.GetCustomAttribute<RequestFieldsAttribute>()?.Fields;
        var isOfGames = context.Description.RelativePath!.StartsWith("api/v1/games", StringComparison.Ordinal);
        var isOfOne = operation.Parameters is { Count: > 0 };
        var problems = new List<int> { 401, 429, 500, 503 };
        operation.Parameters ??= [];
        operation.Security =
        [
            Security(JwtBearerDefaults.AuthenticationScheme, document),
            Security(SessionServices.SessionScheme, document),
        ];

        if (HttpMethods.IsPut(method))
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Examples.Image("The image.", document) };
        else if (HttpMethods.IsGet(method) && fields is not null)
            RequestFields.AddQuery(operation, fields);
        else if (fields == typeof(UploadFields))
            operation.RequestBody = await RequestFields.UploadAsync(operation, context, ct);
        else if (fields is not null)
            operation.RequestBody = await RequestFields.BodyAsync(fields, context, ct);

        if (operation.RequestBody is not null || fields is not null)
            problems.Add(400);
        if (operation.RequestBody is not null)
            problems.AddRange([408, 413, 415, 422, 429, 451]);

        if (isOfOne)
        {
            operation.Parameters[0].Description = $"The id of the {OneOf(context.Description.RelativePath)}.";
            problems.Add(404);
        }

        if (isOfOne && isOfGames && !HttpMethods.IsPost(method))
        {
            operation.Parameters.Add(ApiHeaders.Request("If-Match", document));
            operation.Parameters.Add(ApiHeaders.Request("If-None-Match", document));
            problems.Add(412);
        }

        if (!HttpMethods.IsGet(method))
        {
            operation.Parameters.Add(ApiHeaders.Request(CsrfProtection.Header, document));
            problems.Add(400);
        }

        // A body with a Content-Encoding is rejected, also where the operation needs none.
        if (HttpMethods.IsPost(method))
        {
            operation.Parameters.Add(ApiHeaders.Request(IdempotencyKeys.Header, document));
            problems.AddRange([400, 409, 413, 415, 422]);
        }

        foreach (var response in context.Description.SupportedResponseTypes)
        {
            var status = $"{response.StatusCode}";

            if (response.StatusCode < 400)
                Describe((OpenApiResponse)operation.Responses![status], response, document);
            else if (operation.Responses!.Remove(status))
                problems.Add(response.StatusCode);
        }

        Problems.AddTo(operation, problems, document);
    }

    private static OpenApiSecurityRequirement Security(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static string OneOf(string path) => path.Split('/')[2].TrimEnd('s');

    private static void Describe(OpenApiResponse response, ApiResponseType type, OpenApiDocument document)
    {
        var hasVersion = type.StatusCode == StatusCodes.Status304NotModified || type.Type == typeof(GameResponse);
        string[] ofNew = type.Type == typeof(ImageUpload) ? ["ImageLocation", "Replayed"] : ["Location", "Replayed"];
        string[] created = type.StatusCode == StatusCodes.Status201Created ? ofNew : [];
        string[] own = hasVersion ? ApiHeaders.OfGame : ["AnswerNotKept"];
        response.Headers = ApiHeaders.Response(document, [.. own, .. created]);

        if (type.Type is { } body && Schemas.Name(body) is { } name)
            response.Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = Examples.Body(name, document) };
    }
}
