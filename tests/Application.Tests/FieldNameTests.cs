using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Application.Tests;

/// <summary>Validation errors name the properties of the request. The web layer turns them into the names of the API.</summary>
public sealed class FieldNameTests
{
    [OneTimeSetUp]
    public void Register_the_application() => new ServiceCollection().AddApplication();

    [Test]
    public void An_error_names_its_property()
    {
        var rules = new InlineValidator<Uri>();
        rules.RuleFor(uri => uri.AbsolutePath).MaximumLength(0);
        Assert.That(Names(rules), Is.EqualTo(new[] { "AbsolutePath" }));
    }

    [Test]
    public void An_error_of_a_nested_value_names_the_outer_property()
    {
        var rules = new InlineValidator<Uri>();
        rules.RuleFor(uri => uri.AbsolutePath.Length).LessThan(0);
        Assert.That(Names(rules), Is.EqualTo(new[] { "AbsolutePath" }));
    }

    [Test]
    public void An_error_of_the_whole_request_names_no_property()
    {
        var rules = new InlineValidator<Uri>();
        rules.RuleFor(uri => uri).Must(_ => false);
        Assert.That(Names(rules), Is.EqualTo(new[] { "" }));
    }

    private static IEnumerable<string?> Names(InlineValidator<Uri> rules) =>
        rules.Validate(new Uri("https://example.org/x")).Errors.Select(error => error.PropertyName ?? "");
}
