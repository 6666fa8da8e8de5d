using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord;

/// <summary>A mistake of a bot that Discord accepts at first, or punishes later.</summary>
/// <param name="Rule">One of: user-agent, banned, unknown field, pinged, embeds with one url, form part, attachments.</param>
public sealed record Violation(string Rule, string Message, RecordedRequest Request);
