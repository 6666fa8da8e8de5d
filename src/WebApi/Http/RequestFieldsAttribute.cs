namespace GameImages.WebApi.Http;

/// <summary>
/// Names the type whose fields an action reads by itself from its query or its body. The attribute binds nothing; the OpenAPI document
/// describes these fields.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequestFieldsAttribute(Type fields) : Attribute
{
    public Type Fields { get; } = fields;
}
