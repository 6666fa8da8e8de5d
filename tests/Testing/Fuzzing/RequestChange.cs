namespace GameImages.Testing.Fuzzing;

/// <summary>One way in which a request can differ from a valid one.</summary>
/// <param name="Fits">Whether the change can be made to a request.</param>
internal sealed record RequestChange(string Name, Func<RequestDraft, bool> Fits, Action<RequestDraft> Apply);
