using System.Text.Json;
using Json.Schema;

namespace GameImages.Testing.Fuzzing;

/// <summary>Compares responses with an OpenAPI document.</summary>
internal sealed class ResponseCheck(ApiDocument document)
{
    private const int MaxShown = 500;

    // Rejections before routing. Kestrel sends all except 501 without a body when a request is not valid HTTP, or its head too long.
    private static readonly int[] OfEveryPath = [400, 414, 431, 501, 505];
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    /// <returns>What is not as the document describes it, and the operation to which the request belongs, if any.</returns>
    public (ApiOperation? Operation, string[] Faults) Run(FuzzRequest request, RawResponse response)
    {
        var operations = document.Find(request.Target);
        var operation = operations.FirstOrDefault(each => each.Method == request.Method);
        if (IsOfServer(response))
            return (operation, operation?.Responses.ContainsKey(response.Status) == false ? [NotDescribed(operation, response)] : []);

        return operation is null
            ? (null, [.. OtherFaults(request, response, operations), .. BodyFaults(request, response)])
            : (operation, [.. Faults(request, response, operation), .. BodyFaults(request, response)]);
    }

    private static IEnumerable<string> Faults(FuzzRequest request, RawResponse response, ApiOperation operation)
    {
        if (!operation.Responses.TryGetValue(response.Status, out var described))
            return [NotDescribed(operation, response)];

        return [.. HeaderFaults(response, described), .. ContentFaults(request, response, described)];
    }

    // The introduction of the document describes the responses for other paths and methods.
    private static IEnumerable<string> OtherFaults(FuzzRequest request, RawResponse response, ApiOperation[] operations)
    {
        int[] described = operations.Length == 0 ? [404, .. OfEveryPath] : [404, 405, .. OfEveryPath];
        if (!described.Contains(response.Status))
        {
            yield return $"{response.Status} for a path or a method that the document does not have.";
            yield break;
        }

        if (request.Method != "HEAD" && response.MediaType != "application/problem+json")
            yield return $"{response.Status} has no problem as its body, but {response.MediaType}.";
        if (response.Status != 405)
            yield break;

        var allowed = response.Header("Allow")?.Split(", ").Order().ToArray() ?? [];
        var expected = operations.Select(each => each.Method).Order().ToArray();
        if (!allowed.SequenceEqual(expected))
            yield return $"Allow has {string.Join(", ", allowed)} instead of {string.Join(", ", expected)}.";
    }

    private static bool IsOfServer(RawResponse response) =>
        response.Status is 400 or 414 or 431 or 505
        && response.Header("Content-Length") == "0"
        && response.Header("Cache-Control") is null;

    private static string NotDescribed(ApiOperation operation, RawResponse response) =>
        $"{operation.Id} does not describe {response.Status}.";

    private static IEnumerable<string> HeaderFaults(RawResponse response, ApiResponse described) =>
        from header in described.Headers
        where header.IsRequired && response.Header(header.Name) is null
        select $"{response.Status} has no {header.Name}.";

    private static string[] ContentFaults(FuzzRequest request, RawResponse response, ApiResponse described)
    {
        if (described.Contents.Count == 0)
            return response.Body.Length == 0 ? [] : [$"{response.Status} has a body, which is not described."];
        if (response.MediaType is null || !described.Contents.TryGetValue(response.MediaType, out var schema))
            return [$"{response.Status} has the type {response.MediaType}, which is not described."];
        if (request.Method == "HEAD")
            return [];

        return response.MediaType.EndsWith("json", StringComparison.Ordinal) ? SchemaFaults(response, schema) : [];
    }

    private static string[] SchemaFaults(RawResponse response, JsonSchema schema)
    {
        using var json = JsonDocument.Parse(response.Body);
        var result = schema.Evaluate(json.RootElement, Options);
        return
        [
            .. from detail in result.IsValid ? [] : result.Details ?? []
               where detail.Errors is { Count: > 0 }
               let reasons = string.Join(' ', detail.Errors!.Values)
               select $"{response.Status} at {detail.InstanceLocation}: {reasons}\n{Start(json.RootElement)}"
        ];
    }

    private static string Start(JsonElement json)
    {
        var text = json.GetRawText();
        return text[..Math.Min(text.Length, MaxShown)];
    }

    private static IEnumerable<string> BodyFaults(FuzzRequest request, RawResponse response)
    {
        var hasNone = request.Method == "HEAD" || response.Status is 204 or 304;
        if (hasNone && response.Body.Length > 0)
            yield return $"{response.Status} for {request.Method} has a body.";
        if (!hasNone && response.Header("Content-Length") is { } length && length != $"{response.Body.Length}")
            yield return $"The body has {response.Body.Length} bytes instead of {length}.";
    }
}
