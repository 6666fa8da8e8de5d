namespace GameImages.WebApi;

/// <summary>The id of a game or an image in a route, in the one form that responses use; Guid's parser alone would also take braces, signs and spaces.</summary>
internal sealed class Uuid : IRouteConstraint
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
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) => values[routeKey] is Guid || (values[routeKey] is string text && TryParse(text, out _));
}
