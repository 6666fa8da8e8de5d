namespace GameImages.WebApi;

/// <summary>The id of a game or an image in a route, in the one form that responses use; Guid's parser alone would also take braces, signs and spaces.</summary>
internal sealed class Uuid : IRouteConstraint
{
    public static bool TryParse(string text, out Guid id) =>
        Guid.TryParseExact(text, "D", out id) && id.ToString("D").Equals(text, StringComparison.OrdinalIgnoreCase);

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is Guid || (values[routeKey] is string text && TryParse(text, out _));
}
