using System.Data;
using Dapper;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Infrastructure.Database;

/// <summary>Converts values of the domain to and from columns.</summary>
internal static class DapperTypes
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new Handler<Snowflake, long>(id => id.Value, value => new(value)));
        SqlMapper.AddTypeHandler(new Handler<GameStatus, string>(StatusColumn, Status));
        SqlMapper.AddTypeHandler(new Handler<ContentHash, byte[]>(hash => hash.ToDigest(), digest => ContentHash.FromDigest(digest)));
        SqlMapper.AddTypeHandler(new Handler<ReadOnlyMemory<byte>, object>(bytes => bytes, value => (byte[])value));
        SqlMapper.AddTypeHandler(new Handler<ShownImage, string>(_ => throw new NotSupportedException(), ImageAppearance.Parse!));
        SqlMapper.AddTypeHandler(new Handler<ImageFormat, string>(format => format.MimeType, ImageFormat.FromMimeType));
    }

    /// <returns>The value of the column game_sessions.status, such as "in_progress".</returns>
    public static string StatusColumn(GameStatus status) => status.Name.Replace(' ', '_');

    private static GameStatus Status(string column) => GameStatus.All.First(status => StatusColumn(status) == column);

    private sealed class Handler<T, TColumn>(Func<T, TColumn> write, Func<TColumn, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : write(value);

        public override T Parse(object value) => read((TColumn)value);
    }
}
