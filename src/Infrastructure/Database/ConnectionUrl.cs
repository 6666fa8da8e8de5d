using System.Text.RegularExpressions;
using GameImages.Infrastructure.Settings;

namespace GameImages.Infrastructure.Database;

/// <summary>Translates a connection URL into Npgsql's keywords.</summary>
internal static partial class ConnectionUrl
{
    private const string SystemRoots = "sslrootcert=system";

    public static bool IsUrl(string text) => Scheme().IsMatch(text);

    /// <exception cref="InvalidSettingException">The URL is malformed, or it has a parameter that Npgsql does not support.</exception>
    public static IEnumerable<(string Keyword, string Value)> Read(string setting, string url)
    {
        var match = Url().Match(url.Trim());
        if (!match.Success)
        {
            throw Invalid(
                setting,
                "It has to be of the form postgresql://user:password@host:port/database?parameter=value. In a user name or a password, "
                + "write each character other than a letter or a digit as % and two hexadecimal digits, such as %40 for @.");
        }

        var values = new Dictionary<string, string>();
        foreach (var (group, keyword) in new[] { ("user", "Username"), ("password", "Password"), ("database", "Database") })
        {
            if (match.Groups[group].Length > 0)
                values[keyword] = Uri.UnescapeDataString(match.Groups[group].Value);
        }

        AddHosts(values, match.Groups["hosts"].Value);

        // As in PostgreSQL's own programs, a parameter overrides what is before it. No sslmode may weaken the check of the certificate.
        foreach (var parameter in match.Groups["parameter"].Captures.Select(capture => capture.Value).OrderBy(text => text == SystemRoots))
        {
            var parts = parameter.Split('=', 2);
            foreach (var (keyword, value) in Parameter(setting, parts[0], Uri.UnescapeDataString(parts[1])))
                values[keyword] = value;
        }

        return values.Select(value => (value.Key, value.Value));
    }

    // One host gets Host and Port. Several hosts have their ports in Host.
    private static void AddHosts(Dictionary<string, string> values, string text)
    {
        var hosts = text.Split(',').Select(host => Host().Match(host)).ToList();
        if (hosts.Count > 1)
        {
            values["Host"] = Uri.UnescapeDataString(text);
            return;
        }

        if (hosts[0].Groups["host"].Length > 0)
            values["Host"] = Uri.UnescapeDataString(hosts[0].Groups["host"].Value);
        if (hosts[0].Groups["port"].Length > 0)
            values["Port"] = hosts[0].Groups["port"].Value;
    }

    private static IEnumerable<(string Keyword, string Value)> Parameter(string setting, string name, string value) => (name, value) switch
    {
        ("ssl", "true") => [("SSL Mode", "Require")],
        ("sslmode", _) => [("SSL Mode", value.Replace("-", "", StringComparison.Ordinal))],
        // The certificates of the system are what Npgsql uses without a file. PostgreSQL's programs also require a full check then.
        ("sslrootcert", "system") => [("SSL Mode", "VerifyFull")],
        ("load_balance_hosts", "random" or "disable") => [("Load Balance Hosts", value == "random" ? "true" : "false")],
        // Other drivers know this parameter. It means that statements must not be prepared.
        ("pgbouncer", "true") => [("Max Auto Prepare", "0")],
        ("keepalives", "0" or "1") => [("Tcp Keepalive", value == "1" ? "true" : "false")],
        _ when Keywords.TryGetValue(name, out var keyword) => [(keyword, value)],
        _ => throw Unsupported(setting, name),
    };

    // The names of parameters are listed, because an unknown name could be a part of a password that is not written in hexadecimal digits.
    private static InvalidSettingException Unsupported(string setting, string name) => Invalid(
        setting,
        $"{(KnownToOthers.Contains(name) ? $"The parameter {name} is not supported" : "It has a parameter that is not supported")}. "
        + $"The parameters are {string.Join(", ", Keywords.Keys.Concat(Translated).Order())}.");

    private static InvalidSettingException Invalid(string setting, string reason) =>
        new($"{setting} is not a connection URL. {reason}");

    [GeneratedRegex("^\\s*postgres(ql)?://", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    // A part is a run of characters that cannot end it, or of % and two digits. A host is an IPv6 address in brackets, or a part.
    [GeneratedRegex(
        """
        ^[^:]+://
        (?:(?<user>(?:[^:/?#@%\s]|%[0-9a-f]{2})*)(?::(?<password>(?:[^:/?#@%\s]|%[0-9a-f]{2})*))?@)?
        (?<hosts>(?:\[[0-9a-f:.]+\]|(?:[^:/?#@%,\s\[\]]|%[0-9a-f]{2})*)(?::[0-9]*)?
            (?:,(?:\[[0-9a-f:.]+\]|(?:[^:/?#@%,\s\[\]]|%[0-9a-f]{2})+)(?::[0-9]*)?)*)
        (?:/(?<database>(?:[^/?#@%\s]|%[0-9a-f]{2})*))?
        (?:\?(?:(?<parameter>[a-z_]+=(?:[^&@%\s]|%[0-9a-f]{2})*)(?:&|$))*)?$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Url();

    [GeneratedRegex(@"^\[?(?<host>[^\]]*?)\]?(?::(?<port>[0-9]*))?$")]
    private static partial Regex Host();
}
