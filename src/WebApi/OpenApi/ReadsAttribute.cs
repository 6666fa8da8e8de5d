namespace GameImages.WebApi.OpenApi;

/// <summary>Names the type whose fields an action reads by hand, from its query or from its body. It binds nothing: the description needs to know.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsAttribute(Type fields) : Attribute
{
    public Type Fields { get; } = fields;
}
