using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord;

/// <summary>Something that Discord lets pass or punishes later, and that a bot must not do.</summary>
/// <param name="Rule">One of: user-agent, banned, unknown field, pinged, embeds with one url, form part, attachments.</param>
public sealed record Violation(string Rule, string Message, RecordedRequest Request);
