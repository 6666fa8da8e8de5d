using System.Security.Cryptography;
using System.Text;
using GameImages.Domain.Images;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Messages;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.Testing.Discord.Images;

/// <summary>The URLs at which Discord would serve files and images.</summary>
internal static class Cdn
{
    public static string Proxy(string url) =>
        $"https://images-ext-1.discordapp.net/external/{Sign(url)}/{url.Replace("://", "/", StringComparison.Ordinal)}";

    public static Attachment Attach(long id, long channelId, UploadedFile file, string name, string? description)
    {
        var path = $"attachments/{channelId}/{id}/{Uri.EscapeDataString(name)}?ex={id:x}&is={id:x}&hm={Sign(name)}";
        var size = ImageFormat.Recognize(file.Bytes)?.ReadSize(file.Bytes);
        return new(
            id,
            name,
            description,
            file.ContentType,
            file.Bytes.Length,
            $"https://cdn.discordapp.com/{path}",
            $"https://media.discordapp.net/{path}",
            size?.Width,
            size?.Height)
        {
            Bytes = file.Bytes,
        };
    }

    private static string Sign(string text) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
