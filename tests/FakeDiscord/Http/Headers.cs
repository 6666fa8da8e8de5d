namespace GameImages.Testing.Discord.Http;

/// <summary>Header values by name, without regard to case.</summary>
internal sealed class Headers() : Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
