using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>What the database takes, and what is left for it.</summary>
internal static class DiskChecks
{
    private const string Name = "disk";
    private const long LeastFreeBytes = 1_000_000_000;
    private const double LeastFreeShare = 0.1;

    public static readonly Check[] All =
    [
        Check.Sql(Name, "", "SELECT 'ok', format('the database takes %s', pg_size_pretty(pg_database_size(current_database()))), NULL"),
        Check.Sql(Name, "", "SELECT 'ok', format('the write-ahead log takes %s; max_wal_size is %s', pg_size_pretty(sum(size)), current_setting('max_wal_size')), NULL FROM pg_ls_waldir()"),
        new(Name, FreeSpaceAsync),
    ];

    internal static Finding Judge(string folder, long freeBytes, long totalBytes)
    {
        var health =
            freeBytes < LeastFreeBytes ? Health.Problem
            : freeBytes < LeastFreeShare * totalBytes ? Health.Warning
            : Health.Ok;
        return new(
            Name,
            health,
            $"{freeBytes / 1e9:0.0} GB of {totalBytes / 1e9:0.0} GB are free under {folder}",
            health == Health.Ok ? null : "Make room: PostgreSQL stops when the disk is full.");
    }

    private static async Task<IEnumerable<Finding>> FreeSpaceAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (folder, isLocal) = await connection.QuerySingleAsync<(string, bool)>(new(
            "SELECT current_setting('data_directory'), coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true)", cancellationToken: ct));

        if (!isLocal || !Directory.Exists(folder))
            return
            [
                new(Name, Health.Warning, "the free space cannot be seen from here", $"On the server: df -h {folder} {folder}/pg_wal"),
            ];

        // The write-ahead log may have a disk of its own.
        var wal = new DirectoryInfo(Path.Combine(folder, "pg_wal")).LinkTarget;
        return new[] { folder, wal }
            .OfType<string>()
            .Select(path => new DriveInfo(path))
            .Select(drive => Judge(drive.Name, drive.AvailableFreeSpace, drive.TotalSize));
    }
}
