using System.Text.Json.Serialization;

namespace GameImages.Testing.Discord.Messages;

internal sealed record UserObject(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] long Id,
    string Username,
    string Discriminator,
    bool Bot)
{
    public static UserObject Of(Bot bot) => new(bot.Id, bot.Username, "0", true);
}
