using System.Text.RegularExpressions;
using GameImages.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.WebApi.Tests.Http;

/// <summary>The routes of the service, from its own list. A new route is tested without being named here.</summary>
internal static partial class Routes
{
    /// <param name="id">The id in the path of a game.</param>
    public static IEnumerable<(string Method, string Path)> Of(Service service, string id) =>
        from endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select (method, Path(endpoint.RoutePattern.RawText!, id));

    private static string Path(string pattern, string id) =>
        "/" + Parameter().Replace(pattern, match => match.Groups["name"].Value switch
        {
            "documentName" => "v1",
            "id" when pattern.Contains("guilds", StringComparison.Ordinal) => $"{ServiceTests.Guild}",
            "id" => id,
            var name => throw new AssertionException($"The test has no value for {name} in {pattern}."),
        }).TrimStart('/');

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
