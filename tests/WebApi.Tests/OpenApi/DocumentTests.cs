using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace GameImages.WebApi.Tests.OpenApi;

public sealed class DocumentTests : ServiceTests
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string json = "";
    private ReadResult read = null!;

    private IEnumerable<(string Path, string Method, OpenApiOperation Operation)> Operations =>
        from path in read.Document!.Paths
        from operation in path.Value.Operations!
        select (path.Key, operation.Key.Method, operation.Value);

    [OneTimeSetUp]
    public async Task Fetch_the_document()
    {
        json = await Anybody.GetStringAsync("/openapi/v1.json");
        read = OpenApiDocument.Parse(json, "json");
    }

    [Test]
    public async Task The_document_is_the_approved_one()
    {
        var approved = Beside("v1.approved.json");
        var received = Beside("v1.received.json");
        var text = JsonNode.Parse(json)!.ToJsonString(Pretty) + "\n";
        File.Delete(received);

        if (!File.Exists(approved) || await File.ReadAllTextAsync(approved) != text)
        {
            await File.WriteAllTextAsync(received, text);
            Assert.Fail($"{received} differs from {approved}. Where the difference is meant, the former replaces the latter.");
        }
    }

    [Test]
    public void The_document_can_be_read_without_errors() => Assert.Multiple(() =>
    {
        Assert.That(read.Diagnostic!.Errors, Is.Empty);
        Assert.That(read.Diagnostic.Warnings, Is.Empty);
    });

    [Test]
    public void The_document_contains_every_route_and_nothing_else()
    {
        var routes = from endpoint in Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
                     // A health check without method metadata accepts every method.
                     from listed in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
                     // A route that responds to GET responds to HEAD.
                     from method in listed == "GET" ? new[] { "GET", "HEAD" } : [listed]
                     select $"{method} {Template(endpoint.RoutePattern)}";

        // Middleware responds to these paths before routing.
        var publicPaths = new[] { "{id}", "{id}.{ext}", "{id}/{width}.webp" }.Select(path => $"/api/v1/public/images/{path}");
        var publicRoute = from path in publicPaths
                          from method in new[] { "GET", "HEAD", "OPTIONS" }
                          select $"{method} {path}";
        Assert.That(Operations.Select(each => $"{each.Method} {each.Path}"), Is.EquivalentTo(routes.Concat(publicRoute)));
    }

    [Test]
    public void Every_operation_has_a_description_and_a_unique_id()
    {
        Assert.Multiple(() =>
        {
            foreach (var (path, method, operation) in Operations)
            {
                Assert.That(operation.Summary, Is.Not.Null.And.Not.Empty, $"{method} {path}");
                Assert.That(operation.Description, Is.Not.Null.And.Not.Empty, $"{method} {path}");
                Assert.That(operation.OperationId, Is.Not.Null.And.Not.Empty, $"{method} {path}");
            }

            Assert.That(Operations.Select(each => each.Operation.OperationId), Is.Unique);
        });
    }

    [Test]
    public void Every_operation_that_needs_a_user_documents_429() => Assert.Multiple(() =>
    {
        foreach (var (path, method, operation) in Operations.Where(each => each.Operation.Security is { Count: > 0 }))
            Assert.That(operation.Responses!.Keys, Does.Contain("401").And.Contain("429"), $"{method} {path}");
    });

    [Test]
    public void Every_body_has_an_example()
    {
        var bodies =
            from each in Operations
            from content in each
                .Operation.Responses!.Values.Select(response => response.Content)
                .Append(each.Operation.RequestBody?.Content)
            from body in content ?? new Dictionary<string, OpenApiMediaType>()
            where body.Value.Examples is not { Count: > 0 }
            select $"{each.Operation.OperationId}: {body.Key}";

        Assert.That(bodies, Is.Empty);
    }

    [Test]
    public void Every_error_is_a_problem()
    {
        // A failed health check has the same body as a successful one. Kestrel rejects some requests without a body.
        var others = from each in Operations
                     where !each.Path.StartsWith("/health/", StringComparison.Ordinal)
                     from response in each.Operation.Responses!
                     where response.Key[0] is '4' or '5' && response.Key is not ("414" or "431" or "505")
                     where response.Value.Content?.Keys.SequenceEqual(["application/problem+json"]) != true
                     select $"{each.Operation.OperationId}: {response.Key}";

        Assert.That(others, Is.Empty);
    }

    [Test]
    public void Routes_of_members_need_a_token_or_a_session_and_session_routes_need_a_session()
    {
        foreach (var (path, method, operation) in Operations)
        {
            string[] expected =
                path.StartsWith("/api/v1/games", StringComparison.Ordinal)
                || path.StartsWith("/api/v1/images", StringComparison.Ordinal)
                || path == "/api/v1/guilds/{id}/usage"
                    ? ["Bearer", "Session"]
                : path.StartsWith("/api/v1/session", StringComparison.Ordinal)
                || path.StartsWith("/api/v1/guilds", StringComparison.Ordinal)
                    ? ["Session"]
                : [];
            Assert.That(
                operation.Security?.SelectMany(either => either.Keys).Select(scheme => scheme.Reference.Id) ?? [],
                Is.EqualTo(expected),
                $"{method} {path}");
        }
    }

    private static string Template(RoutePattern route) =>
        string.Concat(route.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(Template))));

    private static string Template(RoutePatternPart part) =>
        part is RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((RoutePatternLiteralPart)part).Content;

    private static string Beside(string file, [CallerFilePath] string test = "") => Path.Combine(Path.GetDirectoryName(test)!, file);
}
