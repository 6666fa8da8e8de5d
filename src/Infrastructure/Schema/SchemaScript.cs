namespace GameImages.Infrastructure.Schema;

/// <summary>Writes the SQL of a migration as text.</summary>
internal static class SchemaScript
{
    /// <param name="idempotent">Whether each step runs only if the database needs it.</param>
    public static string Of(int from, int to, bool idempotent)
    {
        var transactions = MigrationEngine.Run<ScriptProcessor>(from, to, from).Transactions;
        var steps = transactions.Select((statements, number) => to > from
            ? Step(statements, from + number, from + number + 1, idempotent)
            : Step(statements, from - number, from - number - 1, idempotent));

        return string.Join("\n", steps.Prepend(SchemaHistoryTable.Prepare).Select(sql =>
            $"START TRANSACTION;\nSET LOCAL search_path = public;\n\n{sql}\n\nCOMMIT;\n"));
    }

    // Each transaction checks the version itself, because psql continues after an error unless ON_ERROR_STOP is set. Statements keep their
    // indentation, which would otherwise change the bodies of functions.
    private static string Step(string[] statements, int from, int to, bool idempotent)
    {
        var sql = string.Join("\n\n", statements);
        var before = to > from ? "<" : ">";
        var notReached = idempotent ? before : "<>";
        var check =
            $"""
            DO $version$
            DECLARE
                present bigint;
            BEGIN
            PERFORM pg_advisory_xact_lock({SchemaHistoryTable.MoveLock});
            {SchemaHistoryTable.RefuseDamage}
            SELECT coalesce(max(version), 0) INTO present FROM public.{SchemaHistory.Table};
            IF present {notReached} {from} THEN
                RAISE EXCEPTION 'The schema has version %, but this step moves it from {from} to {to}.', present
                    USING ERRCODE = 'data_exception';
            END IF;
            """;

        return idempotent
            ? $"{check}\nIF present = {from} THEN\n\n{sql}\n\nEND IF;\nEND\n$version$;"
            : $"{check}\nEND\n$version$;\n\n{sql}";
    }
}
