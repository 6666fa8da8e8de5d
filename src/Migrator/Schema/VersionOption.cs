using System.CommandLine;
using System.Globalization;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>A schema version on the command line: from 0, an empty database, to the latest version.</summary>
internal static class VersionOption
{
    public static Option<int?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "V",
        CustomParser = parsed =>
        {
            var text = parsed.Tokens[0].Value;
            var latest = SchemaMigrator.LatestVersion;
            if (int.TryParse(text, CultureInfo.InvariantCulture, out var version) && version >= 0 && version <= latest)
                return version;

            parsed.AddError($"There is no version {text}: 0 is an empty database, and {latest} is the latest version.");
            return null;
        },
    };
}
