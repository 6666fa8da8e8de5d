using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace GameImages.Architecture.Tests;

/// <summary>The dependencies between the namespaces of a project, and on the libraries of the web.</summary>
public sealed class NamespaceTests
{
    private static readonly string[] Projects =
    [
        "GameImages.Domain", "GameImages.Application", "GameImages.Infrastructure", "GameImages.Operations", "GameImages.Hosting",
        "GameImages.WebApi", "GameImages.Bot", "GameImages.Variants", "GameImages.EmbeddedPostgres", "gameimages",
    ];

    private static readonly string[] WithoutWeb =
        ["GameImages.Domain", "GameImages.Application", "GameImages.Infrastructure", "GameImages.Operations", "gameimages"];

    [TestCaseSource(nameof(Projects))]
    public void The_namespaces_of_a_project_have_no_circle(string project)
    {
        var dependencies = DependenciesOf(project);
        var circles = dependencies.Keys.Select(start => Circle([start], dependencies)).OfType<List<string>>();

        Assert.That(circles.Select(circle => Describe(project, circle)), Is.Empty);
    }

    [TestCaseSource(nameof(WithoutWeb))]
    public void Only_the_web_layer_and_the_bot_know_HTTP_and_JSON_attributes(string project)
    {
        var used = Load(project).Types
            .SelectMany(type => type.Dependencies, (type, dependency) => (From: type.FullName, To: dependency.Target.FullName))
            .Where(use => use.To.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || (use.To.StartsWith("System.Text.Json.Serialization.", StringComparison.Ordinal)
                    && use.To.EndsWith("Attribute", StringComparison.Ordinal)));

        Assert.That(used.Select(use => $"{use.From} uses {use.To}"), Is.Empty);
    }

    private static Dictionary<string, HashSet<string>> DependenciesOf(string project) =>
        Load(project).Types
            .GroupBy(type => type.Namespace.FullName)
            .ToDictionary(group => group.Key, group => group.SelectMany(type => Targets(project, type)).Except([group.Key]).ToHashSet());

    private static IEnumerable<string> Targets(string project, IType type) =>
        type.Dependencies.Where(use => IsOf(project, use.Target)).Select(use => use.Target.Namespace.FullName);

    // A type parameter has no namespace of its own.
    private static bool IsOf(string project, IType type) =>
        type is not GenericParameter && type.Assembly?.Name.Split(',')[0] == project;

    private static string Describe(string project, List<string> circle) =>
        string.Join(", ", circle.Zip(circle.Skip(1), (from, to) => $"{from} -> {to} ({Example(project, from, to)})"));

    private static string Example(string project, string from, string to) => Load(project).Types
        .Where(type => type.Namespace.FullName == from)
        .SelectMany(type => type.Dependencies, (type, use) => (From: type.Name, To: use.Target))
        .Where(use => IsOf(project, use.To) && use.To.Namespace.FullName == to)
        .Select(use => $"{use.From} uses {use.To.Name}")
        .First();

    // The namespaces of a circle that begins and ends with the first of the path, or null.
    private static List<string>? Circle(List<string> path, Dictionary<string, HashSet<string>> dependencies)
    {
        foreach (var next in dependencies.GetValueOrDefault(path[^1], []))
        {
            if (next == path[0])
                return [.. path, next];
            if (!path.Contains(next) && Circle([.. path, next], dependencies) is { } circle)
                return circle;
        }

        return null;
    }

    private static readonly Dictionary<string, ArchUnitNET.Domain.Architecture> Loaded = [];

    private static ArchUnitNET.Domain.Architecture Load(string project)
    {
        if (!Loaded.TryGetValue(project, out var architecture))
            Loaded[project] = architecture = new ArchLoader().LoadAssembly(Assembly.Load(project)).Build();

        return architecture;
    }
}
