using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GameImages.Application.Games;

/// <summary>The sort key of the last game of a page. Clients treat it as opaque (base64url).</summary>
public sealed record GameCursor(DateTime ScheduledAt, Guid Id) : IParsable<GameCursor>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out GameCursor result)
    {
        result = null;

        if (s is null || !Base64Url.IsValid(s))
            return false;

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(s)).Split('_');

        if (parts is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var scheduledAt)
            && scheduledAt <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(id, "N", out var gameId))
        {
            result = new(new DateTime(scheduledAt, DateTimeKind.Utc), gameId);
        }

        return result is not null;
    }

    public static GameCursor Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("The text is not a cursor of a list of games.");

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ScheduledAt.Ticks}_{Id:N}")));
}
