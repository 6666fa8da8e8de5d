using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GameImages.Application;

/// <summary>The sort key of the last item of a page. Clients treat it as opaque (base64url).</summary>
public sealed record PageCursor(DateTime Time, Guid Id) : IParsable<PageCursor>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out PageCursor result)
    {
        result = null;

        if (s is null || !Base64Url.IsValid(s))
            return false;

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(s)).Split('_');

        if (parts is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && time <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(id, "N", out var itemId))
        {
            result = new(new DateTime(time, DateTimeKind.Utc), itemId);
        }

        return result is not null;
    }

    public static PageCursor Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("The text is not a cursor of a list.");

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Time.Ticks}_{Id:N}")));
}
