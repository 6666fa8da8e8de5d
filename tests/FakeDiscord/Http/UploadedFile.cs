namespace GameImages.Testing.Discord.Http;

/// <summary>A file of a form.</summary>
/// <param name="Number">The index n of the part files[n].</param>
internal sealed record UploadedFile(int Number, string Name, string ContentType, byte[] Bytes);
