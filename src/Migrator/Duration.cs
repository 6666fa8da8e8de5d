using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace GameImages.Migrator;

/// <summary>A period as the value of an option: a number with s, m, h or d.</summary>
internal static partial class Duration
{
    public static TimeSpan Parse(ArgumentResult argument)
    {
        if (NumberAndUnit().Match(argument.Tokens[0].Value) is not { Success: true } match)
        {
            argument.AddError($"{argument.Tokens[0].Value} is not a time like 90m, 1h or 2d.");
            return default;
        }

        var number = int.Parse(match.Groups["number"].ValueSpan);
        return match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    [GeneratedRegex("^(?<number>[0-9]{1,5})(?<unit>[smhd])$")]
    private static partial Regex NumberAndUnit();
}
