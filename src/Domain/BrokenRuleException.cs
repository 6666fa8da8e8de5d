namespace GameImages.Domain;

/// <summary>The domain refuses a change that would break one of its rules. Nothing has changed.</summary>
/// <param name="subject">The member that breaks the rule, such as <c>nameof(GameDetails.HostName)</c>, or "Image".</param>
/// <param name="message">A sentence that states the rule.</param>
public sealed class BrokenRuleException(string subject, string message) : Exception(message)
{
    public string Subject { get; } = subject;
}
