namespace GameImages.WebApi.Errors;

/// <summary>Describes a failed request in one line of the log. Input from clients and exceptions cannot break the line.</summary>
internal static class FailureLogLine
{
    private const int MaxPathLength = 200;
    private const int MaxReasonLength = 500;

    /// <returns>The method and the path, escaped and shortened.</returns>
    public static string Request(HttpRequest request) => Line($"{request.Method} {request.Path.ToUriComponent()}", MaxPathLength);

    /// <returns>The types and messages of an exception and its inner exceptions, the outermost first.</returns>
    public static string Reason(Exception exception)
    {
        var chain = new List<string>();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            chain.Add($"{inner.GetType().Name}: {inner.Message}");

        return Line(string.Join(" <- ", chain), MaxReasonLength);
    }

    /// <returns>A space and the innermost method of this program on the stack; empty if there is none.</returns>
    public static string Place(Exception exception)
    {
        var frame = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(" GameImages.", StringComparison.Ordinal));
        return frame is null ? "" : $" {Line(frame.Trim(), MaxReasonLength)}";
    }

    private static string Line(string text, int maxLength)
    {
        var shortened = text.Length <= maxLength ? text : $"{text.AsSpan(0, maxLength)}…";
        return string.Concat(shortened.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }
}
