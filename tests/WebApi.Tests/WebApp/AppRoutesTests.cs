using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GameImages.WebApi.WebApp;
using Microsoft.AspNetCore.Http;

namespace GameImages.WebApi.Tests.WebApp;

public sealed partial class AppRoutesTests
{
    [Test]
    public void The_service_knows_the_routes_of_the_router_in_the_web_app()
    {
        var router = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/WebApp/src/App.tsx"));
        var routes = from route in Route().Matches(router)
                     let path = route.Groups["path"].Value
                     where path != "*"
                     select Parameter().Replace(path, "{$1}");
        Assert.That(AppRoutes.All, Is.EquivalentTo(routes));
    }

    [TestCase("/", true)]
    [TestCase("/games", true)]
    [TestCase("/games/", true)]
    [TestCase("/Games", true)]
    [TestCase("/games/new", true)]
    [TestCase("/games/7", true)]
    [TestCase("/games/7/edit", true)]
    [TestCase("/games/7/clone/", true)]
    [TestCase("/sign-in-failed", true)]
    [TestCase("//", false)]
    [TestCase("//games", false)]
    [TestCase("/games//edit", false)]
    [TestCase("/games/7/delete", false)]
    [TestCase("/games/7/edit/8", false)]
    [TestCase("/sign-in", false)]
    [TestCase("/;x", false)]
    [TestCase("/games;x", false)]
    [TestCase("/index", false)]
    public void Only_the_paths_of_pages_are_pages(string path, bool isPage) =>
        Assert.That(AppRoutes.Contain(new PathString(path)), Is.EqualTo(isPage));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    // A route is an index route or has a path. A route with neither only groups others.
    [GeneratedRegex("""<Route (?:index|path="(?<path>[^"]+)") """)]
    private static partial Regex Route();

    [GeneratedRegex(":([a-z]+)")]
    private static partial Regex Parameter();
}
