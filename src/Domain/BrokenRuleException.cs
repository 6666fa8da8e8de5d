namespace GameImages.Domain;

/// <summary>A rule of the domain would not hold any more; nothing was changed.</summary>
/// <param name="subject">What broke it, in the words of the domain: a field of a game, or "image".</param>
/// <param name="message">A sentence that says which rule.</param>
public sealed class BrokenRuleException(string subject, string message) : Exception(message)
{
    public string Subject { get; } = subject;
}
