using System.Text.Json.Nodes;

namespace GameImages.Testing.Fuzzing;

/// <summary>Bodies whose fields are missing, unknown, repeated, or have values that are not valid.</summary>
internal sealed class FieldChanges(FuzzSubject subject, Values values)
{
    public IEnumerable<RequestChange> All =>
    [
        new("an extreme value", HasFields, Extreme),
        new("another extreme value", HasFields, Extreme),
        new("null", HasFields, draft => Put(draft, values.Pick(Names(draft)), null)),
        new("a missing field", draft => draft.Fields.Count > 0, draft => draft.Fields.RemoveAt(values.Number(draft.Fields.Count))),
        new("no fields", HasFields, draft => draft.Fields.Clear()),
        new("an unknown field", HasFields, draft => draft.Fields.Add((values.Next(), values.Next()))),
        new("a field twice", draft => draft.Fields.Count > 0, draft => draft.Fields.Add(values.Pick(draft.Fields))),
        new("another guild", draft => Has(draft, "guild_id"), draft => Put(draft, "guild_id", "43")),
        new("another host", draft => Has(draft, "host_id"), draft => Put(draft, "host_id", "8")),
        new("a channel of another guild", draft => Has(draft, "channel_id"), draft => Put(draft, "channel_id", subject.ForeignChannel)),
        new("no banner", draft => Has(draft, "remove_banner"), draft => Put(draft, "remove_banner", true)),
        new("an image of the guild", HasImageId, draft => Put(draft, ImageId(), values.Pick(subject.Images))),
        new("an upload", HasImageId, draft => Put(draft, ImageId(), values.Pick(subject.Uploads))),
        new("an image that the caller may not use", HasImageId, draft =>
            Put(draft, ImageId(), values.Pick(subject.ForeignImage, Guid.NewGuid().ToString()))),
        new("a change of status", draft => Has(draft, "status"), draft => Put(draft, "status", "in_progress")),
    ];

    private static bool HasFields(RequestDraft draft) => Names(draft).Length > 0;

    private static bool Has(RequestDraft draft, string field) => Names(draft).Contains(field);

    private static bool HasImageId(RequestDraft draft) => Has(draft, "thumbnail_id");

    private string ImageId() => values.Pick("thumbnail_id", "banner_image_id");

    private static string[] Names(RequestDraft draft) => [.. Properties(draft).Select(property => property.Key)];

    private static JsonObject Properties(RequestDraft draft) =>
        draft.Operation.Bodies.FirstOrDefault(body => body.MediaType == draft.MediaType).Schema?["properties"]?.AsObject() ?? [];

    private static void Put(RequestDraft draft, string field, JsonNode? value)
    {
        draft.Fields.RemoveAll(each => each.Name == field);
        draft.Fields.Add((field, value));
    }

    private void Extreme(RequestDraft draft)
    {
        var (name, schema) = values.Pick([.. Properties(draft)]);
        Put(draft, name, values.Extreme(schema!.AsObject()));
    }
}
