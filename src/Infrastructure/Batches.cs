using System.Data.Common;
using Dapper;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>Statements that go to the server together, for one round trip.</summary>
internal static class Batches
{
    /// <summary>Adds a parameter, whose type is <typeparamref name="T"/>'s also when it is null: a statement is prepared for the types of its parameters.</summary>
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand statement, string name, T value)
    {
        statement.Parameters.Add(new NpgsqlParameter<T>(name, value));
        return statement;
    }

    public static NpgsqlBatch Batch(this NpgsqlConnection connection, params IEnumerable<NpgsqlBatchCommand> statements)
    {
        var batch = connection.CreateBatch();
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement);

        return batch;
    }

    /// <param name="startIndex">The number of columns before those of the object.</param>
    public static Func<DbDataReader, T> RowParser<T>(this DbDataReader reader, int startIndex) =>
        reader.GetRowParser<T>(startIndex: startIndex);

    /// <returns>The rows of the current result; the reader then stands on the next one.</returns>
    public static async Task<List<T>> RowsAsync<T>(this DbDataReader reader, CancellationToken ct)
    {
        var rows = new List<T>();
        var parse = reader.GetRowParser(typeof(T));
        while (await reader.ReadAsync(ct))
            rows.Add((T)parse(reader));

        await reader.NextResultAsync(ct);
        return rows;
    }
}
