using GameImages.WebApi.Http;
using GameImages.WebApi.Uploads;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GameImages.WebApi.OpenApi;

/// <summary>Describes the queries and bodies that actions read by themselves.</summary>
internal static class RequestFields
{
    public static void AddQuery(OpenApiOperation operation, Type fields)
    {
        foreach (var field in ApiJson.Form.GetTypeInfo(fields).Properties)
        {
            var schema = FieldSchemas.Of(field.Name, fields);
            var parameter = new OpenApiParameter
            {
                Name = field.Name,
                In = ParameterLocation.Query,
                Description = schema.Description,
                Schema = schema,
            };
            schema.Description = null;
            operation.Parameters!.Add(parameter);
        }
    }

    public static async Task<OpenApiRequestBody> BodyAsync(Type fields, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var document = context.Document!;
        var name = Schemas.Name(fields)!;
        var form = $"{name}Form";
        var schema = await context.GetOrCreateSchemaAsync(fields, cancellationToken: ct);
        document.AddComponent(name, schema);
        document.AddComponent(form, Schemas.Form(schema, fields, "thumbnail", "banner"));

        return new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = Examples.Body(name, document),
                ["multipart/form-data"] = Examples.Body(form, document),
            },
        };
    }

    // The body is the image itself, with the fields in the query, or a form.
    public static async Task<OpenApiRequestBody> UploadAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var document = context.Document!;
        AddQuery(operation, typeof(UploadFields));
        var content = Examples.Image("The image.", document);
        var schema = await context.GetOrCreateSchemaAsync(typeof(UploadFields), cancellationToken: ct);
        document.AddComponent("UploadImageForm", Schemas.Form(schema, typeof(UploadFields), "image"));
        content.Add("multipart/form-data", Examples.Body("UploadImageForm", document));
        return new() { Required = true, Content = content };
    }
}
