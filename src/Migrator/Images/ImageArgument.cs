using System.CommandLine;
using System.CommandLine.Parsing;

namespace GameImages.Migrator.Images;

/// <summary>The id of an image as an argument.</summary>
internal static class ImageArgument
{
    private const string Description = "The id of the image.";

    public static Argument<Guid> Create() => new("image") { Description = Description, HelpName = "IMAGE", CustomParser = Parse };

    /// <summary>For a command with other ways to name the image. The value is null if the id is not given.</summary>
    public static Argument<Guid?> CreateOptional() => new("image")
    {
        Description = Description,
        HelpName = "IMAGE",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = parsed => parsed.Tokens.Count == 0 ? null : Parse(parsed),
    };

    private static Guid Parse(ArgumentResult parsed)
    {
        if (!Guid.TryParseExact(parsed.Tokens[0].Value, "D", out var id))
            parsed.AddError($"{parsed.Tokens[0].Value} is not the id of an image.");

        return id;
    }
}
