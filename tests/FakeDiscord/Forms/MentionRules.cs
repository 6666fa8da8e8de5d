using System.Text.RegularExpressions;

namespace GameImages.Testing.Discord.Forms;

/// <summary>
/// Reports mentions that ping (Discord's documentation, "Allowed Mentions Object"). Without the object, Discord pings everyone whom the
/// content mentions.
/// </summary>
internal static partial class MentionRules
{
    private const int MaxIds = 100;

    /// <param name="texts">
    /// All texts of the message. Mentions in embeds do not ping, but the bot must escape them in texts that people wrote.
    /// </param>
    public static void Check(Field allowed, IEnumerable<string> texts)
    {
        var mayPing = Read(allowed);

        foreach (var mention in texts.SelectMany(text => Mention().Matches(text)).Where(mayPing))
            allowed.Form.Violations.Add(("pinged", mention.Value));
    }

    private static Func<Match, bool> Read(Field allowed)
    {
        if (!allowed.IsObject("parse", "users", "roles", "replied_user"))
            return _ => true;

        allowed["replied_user"].Flag();
        var parse = allowed["parse"].Items(3).Select(kind => Kind(kind)).ToHashSet();
        var users = Ids(allowed["users"], parse);
        var roles = Ids(allowed["roles"], parse);

        return mention =>
        {
            if (mention.Groups["user"] is { Success: true } user)
                return parse.Contains("users") || users.Contains(user.Value);
            if (mention.Groups["role"] is { Success: true } role)
                return parse.Contains("roles") || roles.Contains(role.Value);

            return parse.Contains("everyone");
        };
    }

    private static string Kind(Field kind)
    {
        var text = kind.Text(8);
        if (text is not ("users" or "roles" or "everyone"))
            kind.Refuse("BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').");

        return text;
    }

    private static HashSet<string> Ids(Field ids, HashSet<string> parse)
    {
        var kind = ids.Path[(ids.Path.LastIndexOf('/') + 1)..];
        var listed = ids.Items(MaxIds).Select(id => id.Id().ToString()!).ToHashSet();

        if (listed.Count > 0 && parse.Contains(kind))
            ids.Refuse("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", $"parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");

        return listed;
    }

    [GeneratedRegex("@everyone|@here|<@!?(?<user>[0-9]+)>|<@&(?<role>[0-9]+)>")]
    private static partial Regex Mention();
}
