using System.CommandLine;

namespace GameImages.Migrator.Images;

/// <summary>The picture that a command is about, by its id.</summary>
internal static class ImageArgument
{
    public static Argument<Guid> Create() => new("image")
    {
        Description = "The id of the image.",
        HelpName = "IMAGE",
        CustomParser = parsed =>
        {
            if (!Guid.TryParseExact(parsed.Tokens[0].Value, "D", out var id))
                parsed.AddError($"{parsed.Tokens[0].Value} is not the id of an image.");

            return id;
        },
    };
}
