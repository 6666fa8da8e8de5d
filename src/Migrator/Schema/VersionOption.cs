using System.CommandLine;
using System.Globalization;
using GameImages.Infrastructure.Schema;

namespace GameImages.Migrator.Schema;

/// <summary>A version of the schema on the command line: 0, which is an empty database, to the latest.</summary>
internal static class VersionOption
{
    public static Option<int?> Create(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "V",
            CustomParser = parsed =>
            {
                var text = parsed.Tokens[0].Value;
                if (
                    int.TryParse(text, CultureInfo.InvariantCulture, out var version)
                    && version >= 0
                    && version <= SchemaMigrator.LatestVersion)
                    return version;

                parsed.AddError($"There is no version {text}: 0 is an empty database, {SchemaMigrator.LatestVersion} the latest.");
                return null;
            },
        };
}
