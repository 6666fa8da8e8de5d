using System.Data.Common;
using GameImages.Infrastructure.Settings;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Reads connection strings: Npgsql's keywords, or a URL as in PostgreSQL's documentation, "Connection URIs". No message contains a part
/// of the string, because any part could belong to the password.
/// </summary>
public static class ConnectionText
{
    /// <param name="setting">The name of the setting, for messages.</param>
    /// <exception cref="InvalidSettingException">The text is no connection string, or it names no server.</exception>
    public static NpgsqlConnectionStringBuilder Read(string setting, string text)
    {
        var connection = new NpgsqlConnectionStringBuilder();
        foreach (var (keyword, value) in ConnectionUrl.IsUrl(text) ? ConnectionUrl.Read(setting, text) : Keywords(setting, text))
            Set(connection, setting, keyword, value);

        return connection.Host is null ? throw new InvalidSettingException($"{setting} has no Host.") : connection;
    }

    private static List<(string Keyword, string Value)> Keywords(string setting, string text)
    {
        try
        {
            var pairs = new DbConnectionStringBuilder { ConnectionString = text };
            return pairs.Keys.Cast<string>().Select(keyword => (Keyword: keyword, Value: (string)pairs[keyword])).ToList();
        }
        catch (ArgumentException)
        {
            throw new InvalidSettingException(
                $"{setting} is not a connection string: it has to be of the form Host=…;Database=…;Username=…;Password=… "
                + "or postgresql://….");
        }
    }

    private static void Set(NpgsqlConnectionStringBuilder connection, string setting, string keyword, string value)
    {
        if (!connection.ContainsKey(keyword))
        {
            throw new InvalidSettingException(
                $"{setting} is not a connection string: it has a keyword that Npgsql does not know. "
                + "Put a password that contains a semicolon into quotes.");
        }

        try
        {
            connection[keyword] = value;
        }
        catch (Exception invalid) when (invalid is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new InvalidSettingException($"{setting} is not a connection string: the value of {keyword} is invalid.");
        }
    }
}
