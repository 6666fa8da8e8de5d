using System.Text;

namespace GameImages.Testing.Fuzzing;

/// <summary>Bodies of another type, length or encoding, and images that are refused.</summary>
internal sealed class BodyChanges(FuzzSubject subject, Values values)
{
    // The longest JSON body has 64 KiB.
    private const int TooLongText = 65 * 1024;

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-16", "application/merge-patch+json", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a=b\"", "multipart/form-data; boundary=other",
        "multipart/mixed; boundary=fuzz", "application/x-www-form-urlencoded", "text/plain", "image/svg+xml", "image/gif",
        "nonsense", "a/b; c",
    ];

    private readonly FuzzImages images = new(values);

    public IEnumerable<RequestChange> All =>
    [
        new("another type", HasBody, draft => draft.ContentType = values.Pick(Types)),
        new("no type", HasBody, draft => draft.HasContentType = false),
        new("a body that is not described", draft => !HasBody(draft), draft =>
        {
            draft.MediaType = values.Pick("text/plain", "image/png");
            draft.Files.Add(("", images.Valid()));
        }),
        new("an empty body", HasBody, draft => draft.ChangeBody = _ => []),
        new("a cut body", HasBody, draft => draft.ChangeBody = body => body[..values.Number(body.Length)]),
        new("a changed bit", HasBody, draft => draft.ChangeBody = Flip),
        new("a byte order mark", HasBody, draft => draft.ChangeBody = body => [0xEF, 0xBB, 0xBF, .. body]),
        new("UTF-16", HasBody, draft => draft.ChangeBody = body => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))),
        new("another JSON value", HasBody, draft => draft.ChangeBody = _ => Encoding.UTF8.GetBytes(Json())),
        new("a text that is too long", HasBody, draft => draft.ChangeBody = body => [.. body, .. new byte[TooLongText]]),
        new("chunks", HasBody, draft => draft.Surplus = null),
        new("chunks without an end", HasBody, draft =>
        {
            draft.Surplus = null;
            draft.LastChunk = values.Pick("", "x\r\n", "-1\r\n", "80000000\r\n", "0\r\nA: b\r\n\r\n");
        }),
        new("a length that is too long", HasBody, draft => draft.Surplus = values.Pick(1, 100)),
        new("a length that is too short", HasBody, draft => draft.Surplus = -values.Pick(1, 10)),
        new("a length above the limit", HasBody, draft => draft.Surplus = 50_000_000),
        Image("a damaged image", () => images.Damaged()),
        Image("an empty image", () => []),
        Image("an SVG", () => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray()),
        Image("a blocked image", () => subject.BlockedImage),
        Image("an image that is too long", () => Pictures.Png(1, subject.MaxImageBytes + 1)),
        new("a file without a name", IsForm, draft => draft.FileName = values.Pick("", "; filename=\"\"", "; filename*=UTF-8''a")),
        new("a file for another field", IsForm, draft => draft.Files.Add((values.Pick("title", "other", ""), images.Valid()))),
    ];

    private static bool HasBody(RequestDraft draft) => draft.MediaType is not null;

    private static bool IsForm(RequestDraft draft) => draft.MediaType == "multipart/form-data";

    private static string[] FileFields(RequestDraft draft) =>
        draft.Operation.Id == "uploadImage" ? ["image"] : ["thumbnail", "banner"];

    private RequestChange Image(string name, Func<byte[]> image) =>
        new(name, draft => HasBody(draft) && draft.MediaType != "application/json", draft =>
        {
            var field = IsForm(draft) ? values.Pick(FileFields(draft)) : "";
            draft.Files.RemoveAll(file => file.Name == field);
            draft.Files.Insert(0, (field, image()));
        });

    private string Json() => values.Pick("[]", "null", "\"a\"", "5", "{", "{\"a\":}", "{\"\\ud800\":1}", new string('[', 100), " ");

    private byte[] Flip(byte[] body)
    {
        if (body.Length > 0)
            body[values.Number(body.Length)] ^= (byte)(1 << values.Number(8));

        return body;
    }
}
