namespace GameImages.WebApi.OpenApi;

/// <summary>The examples of uploads, lists of images and quotas.</summary>
internal static class ImageExamples
{
    public const string Shown =
        """
        {
            "id": "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01",
            "url": "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.png",
            "width": 640,
            "height": 360,
            "alt": "Four spice harvesters on a desert of wooden hexagons",
            "placeholder": "1QcSHQRnh493V4dIh4eXh1h4kJUI",
            "variants": [
              { "width": 160, "height": 90, "url": "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01/160.webp" },
              { "width": 320, "height": 180, "url": "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01/320.webp" }
            ]
          }
        """;

    public static readonly Dictionary<string, string> Json = new()
    {
        ["UploadImageForm"] = """{ "guild_id": "42", "image": "image.png" }""",
        ["ImageUpload"] =
            """
            {
              "id": "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01",
              "width": 640,
              "height": 360,
              "mime_type": "image/png",
              "byte_length": 48213,
              "expires_at": "2026-02-01T18:02:11.508213Z"
            }
            """,
        ["ImagePage"] =
            """
            {
              "items": [{
                "id": "3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01",
                "mime_type": "image/png",
                "width": 640,
                "height": 360,
                "byte_length": 48213,
                "used_at": "2026-01-31T18:02:11.508213Z",
                "games": 3,
                "expires_at": null,
                "url": "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.png",
                "placeholder": "1QcSHQRnh493V4dIh4eXh1h4kJUI",
                "variants": [
                  { "width": 320, "height": 180, "url": "/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01/320.webp" }
                ]
              }],
              "next_cursor": null
            }
            """,
        ["GuildUsage"] =
            """
            {
              "guild_id": "42",
              "games": { "use": 12, "limit": 100000 },
              "images": { "use": 9, "limit": 10000 },
              "bytes": { "use": 4213877, "limit": 5368709120 }
            }
            """,
    };
}
