using System.Data;
using Dapper;
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
        SqlMapper.AddTypeHandler(new Handler<GameStatus, string>(status => status.ToString(), text => GameStatus.Parse(text)));
        SqlMapper.AddTypeHandler(new Handler<ContentHash, byte[]>(hash => hash.ToDigest(), digest => ContentHash.FromDigest(digest)));
        SqlMapper.AddTypeHandler(new Handler<ReadOnlyMemory<byte>, object>(bytes => bytes, value => (byte[])value));
        SqlMapper.AddTypeHandler(new Handler<ImageFormat, string>(format => format.MimeType, ImageFormat.FromMimeType));
    }

    private sealed class Handler<T, TColumn>(Func<T, TColumn> write, Func<TColumn, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : write(value);

        public override T Parse(object value) => read((TColumn)value);
    }
}
