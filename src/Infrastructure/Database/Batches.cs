using System.Data.Common;
using Dapper;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>Builds batches of statements, which take one round trip to the server, and reads their results.</summary>
internal static class Batches
{
    /// <summary>
    /// Adds a parameter. Its type is <typeparamref name="T"/> even when its value is null, because a statement is prepared for its types.
    /// </summary>
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

    /// <summary>Reads the rows of the current result, and advances the reader to the next result.</summary>
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
