using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Checks how much space the database takes, and how much is free.</summary>
internal static class DiskChecks
{
    private const string Name = "disk";
    private const long LeastFreeBytes = 1_000_000_000;
    private const double LeastFreeShare = 0.1;

    public static readonly Check[] All =
    [
        Check.Sql(Name, "", "SELECT 'ok', format('the database takes %s', pg_size_pretty(pg_database_size(current_database()))), NULL"),
        Check.Sql(
            Name,
            "",
            """
            SELECT 'ok',
                format('the write-ahead log takes %s; max_wal_size is %s', pg_size_pretty(sum(size)), current_setting('max_wal_size')),
                NULL
            FROM pg_ls_waldir()
            """),
        new(Name, FindFreeSpaceAsync),
    ];

    internal static Finding CheckFreeSpace(string folder, long freeBytes, long totalBytes)
    {
        var found = $"{freeBytes / 1e9:0.0} GB of {totalBytes / 1e9:0.0} GB are free under {folder}";
        var isLow = freeBytes < LeastFreeShare * totalBytes;
        var isTooLow = freeBytes < LeastFreeBytes;
        return isLow || isTooLow
            ? new(Name, isTooLow ? Health.Problem : Health.Warning, found, "Free some space: PostgreSQL stops when the disk is full.")
            : new(Name, Health.Ok, found);
    }

    private static async Task<IEnumerable<Finding>> FindFreeSpaceAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (folder, isLocal) = await connection.QuerySingleAsync<(string, bool)>(new(
            """
            SELECT current_setting('data_directory'),
                coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true)
            """,
            cancellationToken: ct));

        if (!isLocal || !Directory.Exists(folder))
        {
            var toDo = $"Run on the server: df -h {folder} {folder}/pg_wal";
            return [new(Name, Health.Warning, "the free space is not visible from this machine", toDo)];
        }

        // The write-ahead log may be on a separate disk.
        var log = new DirectoryInfo(Path.Combine(folder, "pg_wal")).LinkTarget;
        return new[] { folder, log }
            .OfType<string>()
            .Select(path => new DriveInfo(path))
            .Select(drive => CheckFreeSpace(drive.Name, drive.AvailableFreeSpace, drive.TotalSize));
    }
}
