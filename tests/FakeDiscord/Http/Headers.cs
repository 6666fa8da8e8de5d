namespace GameImages.Testing.Discord.Http;

/// <summary>By name, in any case.</summary>
internal sealed class Headers() : Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
