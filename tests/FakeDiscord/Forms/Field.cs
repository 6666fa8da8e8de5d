using System.Globalization;
using System.Text.Json;

namespace GameImages.Testing.Discord.Forms;

/// <summary>One value of a form and its path. A field that is absent or null has no value.</summary>
internal readonly record struct Field(Form Form, string Path, JsonElement Value)
{
    /// <summary>Whether the field is given, even as null. An edit clears a field that is null and keeps one that is absent.</summary>
    public bool IsPresent => Value.ValueKind != JsonValueKind.Undefined;

    public bool HasValue => Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public Field this[string name] => new(
        Form, $"{Path}/{name}", Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out var child) ? child : default);

    public void Refuse(string code, string message) => Form.Refuse(Path, code, message);

    public void Require(bool isPresent)
    {
        if (!isPresent)
            Refuse("BASE_TYPE_REQUIRED", "This field is required");
    }

    /// <summary>Refuses a value that is not an object. Names that are not in the list are violations.</summary>
    public bool IsObject(params ReadOnlySpan<string> names)
    {
        if (!Is(JsonValueKind.Object, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"))
            return false;

        foreach (var property in Value.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                Form.Violations.Add(("unknown field", $"{Path}/{property.Name}".TrimStart('/')));
        }

        return true;
    }

    /// <returns>The trimmed text. Its length is counted in UTF-16 code units.</returns>
    public string Text(int maxLength, bool isRequired = false)
    {
        var text = Is(JsonValueKind.String, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
            ? Value.GetString()!.Trim()
            : "";

        if (text.Length > maxLength)
            RefuseLength(maxLength);
        if (isRequired && (!HasValue || Value.ValueKind == JsonValueKind.String))
            Require(text.Length > 0);

        return text;
    }

    public long? Integer(long min, long max)
    {
        if (!HasValue)
            return null;

        if (Value.ValueKind != JsonValueKind.Number || !Value.TryGetInt64(out var number))
        {
            Refuse("NUMBER_TYPE_COERCE", "Value is not int.");
            return null;
        }

        if (number < min)
            Refuse("NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        if (number > max)
            Refuse("NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");

        return number;
    }

    public bool Flag()
    {
        if (HasValue && Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Refuse("BOOLEAN_TYPE_CONVERT", "Must be either true or false.");

        return Value.ValueKind == JsonValueKind.True;
    }

    /// <summary>Reads an id. Snowflakes are strings. The ids of new attachments may also be numbers.</summary>
    public long? Id()
    {
        var text = Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Value.ToString() : "";
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return id;

        Refuse("NUMBER_TYPE_COERCE", $"Value \"{text}\" is not snowflake.");
        return null;
    }

    public void Timestamp()
    {
        if (Text(100) is { Length: > 0 } text
            && !(text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)))
            Refuse("DATE_TIME_TYPE_PARSE", $"Could not parse {text}. Should be ISO8601.");
    }

    public IReadOnlyList<Field> Items(int maxCount)
    {
        if (!Is(JsonValueKind.Array, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"))
            return [];

        if (Value.GetArrayLength() > maxCount)
            RefuseLength(maxCount);

        // A lambda in a struct cannot use its properties.
        var form = Form;
        var path = Path;
        return [.. Value.EnumerateArray().Select((item, index) => new Field(form, $"{path}/{index}", item))];
    }

    private void RefuseLength(int max) => Refuse("BASE_TYPE_MAX_LENGTH", $"Must be {max} or fewer in length.");

    private bool Is(JsonValueKind kind, string code, string message)
    {
        if (HasValue && Value.ValueKind != kind)
            Refuse(code, message);

        return Value.ValueKind == kind;
    }
}
