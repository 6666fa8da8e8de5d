using System.Text.Json;
using GameImages.Infrastructure.Database;

namespace GameImages.Architecture.Tests;

public sealed class ErrorTableDocumentTests
{
    [Test]
    public void The_table_of_errors_in_the_document_is_the_table_of_the_code() => Assert.That(
        File.ReadLines(Path.Combine(Checkout.Folder, "docs", "operations.md"))
            .SkipWhile(line => line != "## Errors of the database")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
        Is.EqualTo(ErrorTable.Rows.Select(row => $"| `{row.Code}` | {Name(row.Kind)} | {row.Reason} |")));

    private static string Name(FaultKind kind) => kind == FaultKind.ReadOnlyServer
        ? "read-only server"
        : JsonNamingPolicy.KebabCaseLower.ConvertName($"{kind}").Replace('-', ' ');
}
