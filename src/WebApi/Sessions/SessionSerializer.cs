using GameImages.Domain.Games;
using Microsoft.AspNetCore.Authentication;

namespace GameImages.WebApi.Sessions;

/// <summary>
/// Writes a session as bytes, which the cookie contains in encrypted form. A browser stores at most 4096 bytes of a cookie. A session with
/// 200 guilds takes two thirds of that in this format, and three times that in the framework's format, which has a claim for each guild.
/// </summary>
internal sealed class SessionSerializer : IDataSerializer<AuthenticationTicket>
{
    private const byte Version = 1;

    public byte[] Serialize(AuthenticationTicket model)
    {
        var session = ((SessionIdentity)model.Principal.Identity!).Session;
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);

        writer.Write(Version);
        Write(model.Properties.IssuedUtc!.Value);
        Write(model.Properties.ExpiresUtc!.Value);
        writer.Write(session.Id.ToByteArray());
        writer.Write(session.UserId.Value);
        writer.Write(session.Name);
        writer.Write(session.Avatar ?? "");
        Write(session.CheckedAt);
        writer.Write(session.Token is not null);

        if (session.Token is { } token)
        {
            writer.Write(token.Value);
            Write(token.ExpiresAt);
        }

        foreach (var guild in session.GuildIds)
            writer.Write(guild.Value);

        return bytes.ToArray();

        void Write(DateTimeOffset time) => writer.Write(time.UtcTicks);
    }

    /// <returns>Null if the bytes have the format of another version.</returns>
    public AuthenticationTicket? Deserialize(byte[] data)
    {
        using var bytes = new MemoryStream(data);
        using var reader = new BinaryReader(bytes);

        if (reader.ReadByte() != Version)
            return null;

        var properties = new AuthenticationProperties { IsPersistent = true, IssuedUtc = Time(), ExpiresUtc = Time() };
        var id = new Guid(reader.ReadBytes(16));
        var user = Id();
        var name = reader.ReadString();
        var avatar = Text();
        var checkedAt = Time();
        var token = reader.ReadBoolean() ? new DiscordToken(reader.ReadString(), Time()) : null;
        var guilds = new Snowflake[(bytes.Length - bytes.Position) / sizeof(long)];

        for (var guild = 0; guild < guilds.Length; guild++)
            guilds[guild] = Id();

        return new(new Session(id, user, name, avatar, guilds, checkedAt, token).ToPrincipal(), properties, SessionServices.SessionScheme);

        DateTimeOffset Time() => new(reader.ReadInt64(), TimeSpan.Zero);

        Snowflake Id() => new(reader.ReadInt64());

        string? Text() => reader.ReadString() is { Length: > 0 } text ? text : null;
    }
}
