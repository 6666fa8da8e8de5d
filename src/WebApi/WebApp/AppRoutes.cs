using Microsoft.AspNetCore.Routing.Template;

namespace GameImages.WebApi.WebApp;

/// <summary>
/// The paths of the pages of the web app. Its router (src/WebApp/src/App.tsx) decides which page a path shows; a test compares both lists.
/// Every other path is not found.
/// </summary>
internal static class AppRoutes
{
    public static readonly string[] All =
    [
        "", "games", "games/new", "games/{id}", "games/{id}/edit", "games/{id}/clone", "sign-in-failed", "signed-in",
    ];

    // Letter case and a slash at the end do not matter, as in the router.
    private static readonly TemplateMatcher[] Matchers = [.. All.Select(route => new TemplateMatcher(TemplateParser.Parse(route), []))];

    public static bool Contain(PathString path) => Matchers.Any(route => route.TryMatch(path, []));
}
