namespace GameImages.WebApi.Http;

/// <summary>
/// The id of a game or an image in a route. It has the one form that responses use; the parser of <see cref="Guid"/> would also accept
/// braces, signs and spaces.
/// </summary>
internal sealed class UuidRouteConstraint : IRouteConstraint
{
    private const int Length = 36;

    public static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        Span<char> canonical = stackalloc char[Length];
        return Guid.TryParseExact(text, "D", out id)
            && id.TryFormat(canonical, out _)
            && text.Equals(canonical, StringComparison.OrdinalIgnoreCase);
    }

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is Guid || (values[routeKey] is string text && TryParse(text, out _));
}
