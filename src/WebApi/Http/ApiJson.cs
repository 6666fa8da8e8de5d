using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;

namespace GameImages.WebApi.Http;

/// <summary>The JSON of the API: names in snake_case, Discord ids as strings, times in UTC (RFC 3339).</summary>
internal static class ApiJson
{
    /// <summary>For the fields of a form or query, which are all text.</summary>
    public static readonly JsonSerializerOptions Form = Configure(
        new() { NumberHandling = JsonNumberHandling.AllowReadingFromString, Converters = { new TextBooleanConverter() } });

    public static readonly JsonSerializerOptions Json = Configure(new());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.Converters.Add(new ParsableConverter<Snowflake>());
        options.Converters.Add(new ParsableConverter<GameStatus>());
        options.Converters.Add(new ParsableConverter<GameCursor>());
        options.Converters.Add(new UtcConverter());
        options.Converters.Add(new ChangeConverter());
        options.TypeInfoResolver ??= JsonSerializerOptions.Default.TypeInfoResolver;
        return options;
    }

    /// <summary>A value of the domain that has a text form.</summary>
    private sealed class ParsableConverter<T> : JsonConverter<T>
        where T : IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>Rejects a time without an offset, because its time zone is unknown (RFC 3339).</summary>
    private sealed class UtcConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && reader.TryGetDateTime(out var time) && time.Kind != DateTimeKind.Unspecified
            && reader.TryGetDateTimeOffset(out var instant)
                ? instant.UtcDateTime
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class ChangeConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Change<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Converter<T> : JsonConverter<Change<T>>
        {
            public override bool HandleNull => true;

            public override Change<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                JsonSerializer.Deserialize<T>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, Change<T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.Value, options);
        }
    }

    private sealed class TextBooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            bool.TryParse(reader.GetString(), out var value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
