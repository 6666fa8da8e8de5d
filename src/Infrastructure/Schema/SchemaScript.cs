namespace GameImages.Infrastructure.Schema;

/// <summary>Writes the SQL of a move as text.</summary>
internal static class SchemaScript
{
    /// <param name="idempotent">Each version is made or removed only if the database lacks or has it.</param>
    public static string Of(int from, int to, bool idempotent)
    {
        var transactions = MigrationEngine.Run<ScriptProcessor>(from, to, from).Transactions;
        var versions = to > from ? Enumerable.Range(from + 1, to - from) : Enumerable.Range(to + 1, from - to).Reverse();
        var steps = transactions.Zip(versions, (statements, version) =>
            idempotent ? Conditional(statements, version, isUp: to > from) : string.Join("\n\n", statements));

        return string.Join("\n", steps.Prepend(SchemaHistoryTable.Prepare).Select(sql => $"START TRANSACTION;\n\n{sql}\n\nCOMMIT;\n"));
    }

    // Statements stay as they are, without an indentation that would end up in the bodies of functions.
    private static string Conditional(string[] statements, int version, bool isUp) =>
        $"""
        DO $version$
        BEGIN
        PERFORM pg_advisory_xact_lock({SchemaHistoryTable.MoveLock});
        IF {(isUp ? "NOT " : "")}EXISTS (SELECT FROM public.{SchemaHistory.Table} WHERE version = {version}) THEN

        {string.Join("\n\n", statements)}

        END IF;
        END
        $version$;
        """;
}
