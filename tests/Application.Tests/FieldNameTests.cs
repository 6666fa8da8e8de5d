using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Application.Tests;

/// <summary>Errors name fields as clients do.</summary>
public sealed class FieldNameTests
{
    [OneTimeSetUp]
    public void Add_the_application() => new ServiceCollection().AddApplication();

    [Test]
    public void A_rule_for_a_field_names_it_in_snake_case()
    {
        var rules = new InlineValidator<Uri>();
        rules.RuleFor(uri => uri.AbsolutePath).MaximumLength(0);
        Assert.That(Names(rules), Is.EqualTo(new[] { "absolute_path" }));
    }

    [Test]
    public void A_rule_for_a_value_in_a_field_names_the_field()
    {
        var rules = new InlineValidator<Uri>();
        rules.RuleFor(uri => uri.AbsolutePath.Length).LessThan(0);
        Assert.That(Names(rules), Is.EqualTo(new[] { "absolute_path" }));
    }

    [Test]
    public void A_rule_for_the_whole_names_no_field()
    {
        var rules = new InlineValidator<Uri>();
        rules.RuleFor(uri => uri).Must(_ => false);
        Assert.That(Names(rules), Is.EqualTo(new[] { "" }));
    }

    private static IEnumerable<string?> Names(InlineValidator<Uri> rules) =>
        rules.Validate(new Uri("https://example.org/x")).Errors.Select(error => error.PropertyName ?? "");
}
