namespace GameImages.Testing.Discord.Http;

/// <param name="Number">n of the part files[n].</param>
internal sealed record UploadedFile(int Number, string Name, string ContentType, byte[] Bytes);
