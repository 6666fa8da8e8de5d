using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.Architecture.Tests;

public sealed class DependencyRuleTests
{
    private static readonly string[] Ours =
    [
        "GameImages.Domain",
        "GameImages.Application",
        "GameImages.Infrastructure",
        "GameImages.Operations",
        "GameImages.EmbeddedPostgres",
        "GameImages.Hosting",
        "GameImages.WebApi",
        "GameImages.Bot",
        "GameImages.Variants",
        "gameimages",
    ];

    // What each layer may use beside the base class library.
    [TestCase("GameImages.Domain", "System.IO.Hashing")]
    [TestCase(
        "GameImages.Application",
        "GameImages.Domain",
        "MediatR",
        "FluentValidation",
        "FluentValidation.DependencyInjectionExtensions",
        "Microsoft.Extensions.DependencyInjection.Abstractions")]
    [TestCase("GameImages.EmbeddedPostgres", "Npgsql", "Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Tokens")]
    public void A_layer_uses_nothing_but_what_it_may(string layer, params string[] allowed)
    {
        var baseClassLibrary = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var used = References(layer).Where(name => !File.Exists(Path.Combine(baseClassLibrary, $"{name}.dll")));
        Assert.That(used, Is.SubsetOf(allowed));
    }

    [TestCase("GameImages.Infrastructure", "GameImages.Application", "GameImages.Domain")]
    [TestCase("GameImages.Operations", "GameImages.Application", "GameImages.Domain", "GameImages.Infrastructure")]
    [TestCase(
        "GameImages.Hosting",
        "GameImages.Application", "GameImages.Domain", "GameImages.Infrastructure", "GameImages.EmbeddedPostgres")]
    [TestCase(
        "GameImages.WebApi",
        "GameImages.Application", "GameImages.Domain", "GameImages.Infrastructure", "GameImages.EmbeddedPostgres", "GameImages.Hosting")]
    [TestCase(
        "GameImages.Bot",
        "GameImages.Application", "GameImages.Domain", "GameImages.Infrastructure", "GameImages.EmbeddedPostgres", "GameImages.Hosting")]
    [TestCase(
        "GameImages.Variants",
        "GameImages.Application", "GameImages.Domain", "GameImages.Infrastructure", "GameImages.EmbeddedPostgres", "GameImages.Hosting")]
    [TestCase(
        "gameimages",
        "GameImages.Application", "GameImages.Domain", "GameImages.Infrastructure", "GameImages.Operations",
        "GameImages.EmbeddedPostgres")]
    public void Dependencies_point_inwards(string layer, params string[] allowed) =>
        Assert.That(References(layer).Intersect(Ours), Is.SubsetOf(allowed));

    [Test]
    public void Only_four_projects_use_the_database_driver() => Assert.That(
        Ours.Where(layer => References(layer).Contains("Dapper") || References(layer).Contains("Npgsql")),
        Is.EquivalentTo(new[] { "GameImages.Infrastructure", "GameImages.Operations", "GameImages.EmbeddedPostgres", "gameimages" }));

    [Test]
    public void Controllers_hold_no_SQL_and_see_no_implementation()
    {
        var controllers = Assembly
            .Load("GameImages.WebApi")
            .GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ControllerBase)))
            .ToList();
        var uses = controllers.SelectMany(controller =>
            controller
                .GetConstructors()
                .SelectMany(constructor => constructor.GetParameters())
                .Select(parameter => parameter.ParameterType.Assembly.GetName().Name));

        Assert.Multiple(() =>
        {
            Assert.That(controllers, Is.Not.Empty);
            Assert.That(uses, Is.All.AnyOf("MediatR", "GameImages.WebApi"));
        });
    }

    [Test]
    public void No_text_in_the_web_layer_is_SQL()
    {
        var source = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src", "WebApi"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.That(
            source.Where(file =>
                File.ReadAllText(file) is var text
                && (
                    text.Contains("SELECT ", StringComparison.Ordinal)
                    || text.Contains("game_images", StringComparison.Ordinal)
                    || text.Contains("game_sessions", StringComparison.Ordinal))),
            Is.Empty);
    }

    // A query that bypasses Queries.cs may end in 500 when its connection is lost.
    [Test]
    public void Only_a_few_files_use_Dapper_directly()
    {
        var source = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "src"), "*.cs", SearchOption.AllDirectories);

        Assert.That(
            source.Where(file => File.ReadAllText(file).Contains("using Dapper;", StringComparison.Ordinal)).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "AnnouncedGameStatements.cs", "Batches.cs", "DapperTypes.cs", "Queries.cs" }));
    }

    private static IEnumerable<string> References(string layer) =>
        Assembly.Load(layer).GetReferencedAssemblies().Select(assembly => assembly.Name!);
}
