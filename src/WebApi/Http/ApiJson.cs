using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.WebApi.Http;

/// <summary>The JSON of the API: names in snake_case, Discord ids as strings, times in UTC (RFC 3339).</summary>
internal static class ApiJson
{
    /// <summary>For the fields of a form or query, which are all text.</summary>
    public static readonly JsonSerializerOptions Form = Configure(
        new() { Converters = { new TextBooleanConverter(), new WholeNumberConverter(fromText: true) } });

    public static readonly JsonSerializerOptions Json = Configure(new());

    // The path, the headers and the files of a form carry these.
    private static readonly HashSet<(Type, string)> NotInBodies =
    [
        (typeof(CreateGame), nameof(CreateGame.Thumbnail)),
        (typeof(CreateGame), nameof(CreateGame.Banner)),
        (typeof(CreateGame), nameof(CreateGame.Key)),
        (typeof(UpdateGame), nameof(UpdateGame.Id)),
        (typeof(UpdateGame), nameof(UpdateGame.Thumbnail)),
        (typeof(UpdateGame), nameof(UpdateGame.Banner)),
        (typeof(UpdateGame), nameof(UpdateGame.ExpectedVersions)),
        (typeof(LibraryImage), nameof(LibraryImage.Image)),
        (typeof(GameResponse), nameof(GameResponse.Version)),
        (typeof(GameResponse), nameof(GameResponse.ImagesVersion)),
    ];

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.Converters.Add(new ParsableConverter<Snowflake>());
        options.Converters.Add(new StatusConverter());
        options.Converters.Add(new MimeTypeConverter());
        options.Converters.Add(new ParsableConverter<PageCursor>());
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new WholeNumberConverter(fromText: false));
        options.Converters.Add(new OptionalFieldConverter());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? JsonSerializerOptions.Default.TypeInfoResolver!)
            .WithAddedModifier(HideFromBodies);
        return options;
    }

    private static void HideFromBodies(JsonTypeInfo type)
    {
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            if (type.Properties[index].AttributeProvider is PropertyInfo property && NotInBodies.Contains((type.Type, property.Name)))
                type.Properties.RemoveAt(index);
        }
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

    private sealed class StatusConverter : JsonConverter<GameStatus>
    {
        public override GameStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && StatusNames.Find(reader.GetString()) is { } status
                ? status
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, GameStatus value, JsonSerializerOptions options) =>
            writer.WriteStringValue(StatusNames.Of(value));
    }

    private sealed class MimeTypeConverter : JsonConverter<ImageFormat>
    {
        public override ImageFormat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("The service decides the type of an image.");

        public override void Write(Utf8JsonWriter writer, ImageFormat value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.MimeType);
    }

    private sealed class OptionalFieldConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(OptionalField<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Converter<T> : JsonConverter<OptionalField<T>>
        {
            public override bool HandleNull => true;

            public override OptionalField<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                JsonSerializer.Deserialize<T>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, OptionalField<T> value, JsonSerializerOptions options) =>
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
