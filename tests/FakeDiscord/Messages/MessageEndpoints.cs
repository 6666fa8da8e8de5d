using System.Text.Json;
using System.Text.Json.Nodes;
using GameImages.Domain.Games;
using GameImages.Testing.Discord.Forms;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Images;

namespace GameImages.Testing.Discord.Messages;

/// <summary>Carries out requests after their token and the rate limits have been checked.</summary>
internal sealed class MessageEndpoints(
    FakeDiscordSettings settings,
    Clock clock,
    Recorder recorder,
    MessageStore store,
    ImageFetcher images)
{
    private readonly Snowflakes ids = new(clock);

    public async Task<DiscordResponse> RespondAsync(Bot bot, DiscordRoute route, RequestBody body, RecordedRequest request)
    {
        if (route.Endpoint == DiscordEndpoint.GetCurrentUser)
            return new(200, JsonSerializer.Serialize(UserObject.Of(bot), DiscordJson.Write));

        var form = new Form();
        var channelId = Id(form, "channel_id", route.ChannelId);
        var messageId = route.MessageId.Length > 0 ? Id(form, "message_id", route.MessageId) : 0;
        if (form.Refusal is { } malformed)
            return malformed;
        if (Refuse(store.StateOf(channelId), route.Endpoint) is { } closed)
            return closed;
        if (route.Endpoint == DiscordEndpoint.GetChannel)
            return DiscordResponse.Json(200, Channel(route.ChannelId, store.GuildOf(channelId)));
        if (body.Refusal is { } unreadable)
            return unreadable;
        if (route.Endpoint == DiscordEndpoint.CreateMessage)
            return await CreateAsync(bot, channelId, body, request);
        if (store.Find(messageId) is not { IsDeleted: false } message || message.ChannelId != channelId)
            return DiscordResponse.UnknownMessage;

        return route.Endpoint switch
        {
            DiscordEndpoint.EditMessage => await EditAsync(bot, message, body, request),
            DiscordEndpoint.DeleteMessage => Delete(bot, message),
            _ => Describe(message),
        };
    }

    private static long Id(Form form, string name, string text)
    {
        if (Snowflake.TryParse(text, null, out var id))
            return id.Value;

        form.Refuse(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not snowflake.");
        return 0;
    }

    // Discord's documentation, "Channel Object": only a channel of a guild has guild_id.
    private static JsonObject Channel(string id, long? guild) => guild is null
        ? new() { ["id"] = id, ["type"] = 1 }
        : new() { ["id"] = id, ["type"] = 0, ["guild_id"] = $"{guild}", ["name"] = "games" };

    // A bot may read a channel that it sees, even if it may not write there.
    private static DiscordResponse? Refuse(ChannelState state, DiscordEndpoint endpoint) => state switch
    {
        ChannelState.MissingAccess => DiscordResponse.MissingAccess,
        ChannelState.MissingPermissions when endpoint != DiscordEndpoint.GetChannel => DiscordResponse.MissingPermissions,
        ChannelState.Unknown => DiscordResponse.UnknownChannel,
        _ => null,
    };

    private async Task<DiscordResponse> CreateAsync(Bot bot, long channelId, RequestBody body, RecordedRequest request)
    {
        var form = Apply(MessageVersion.Empty, body, request, channelId, isNew: true);
        if (form.Refusal is { } refusal)
            return refusal;

        var created = new Message(ids.Next(), channelId, bot, form.Nonce, form.Version!, settings.KeepsHistory);
        var message = store.Add(created, form.EnforcesNonce);

        if (message == created)
            recorder.CountPost();
        else
            recorder.CountRepeat();

        return await AcceptAsync(message);
    }

    private async Task<DiscordResponse> EditAsync(Bot bot, Message message, RequestBody body, RecordedRequest request)
    {
        if (message.Author != bot)
            return DiscordResponse.NotTheAuthor;

        // The lock protects the current version of the message. Without it, two simultaneous edits could lose a change, or an edit could
        // change a message that is being deleted. It is held while the request is applied. The second edit sees the version of the first,
        // or the deletion.
        lock (message.Gate)
        {
            if (message.IsDeleted)
                return DiscordResponse.UnknownMessage;

            var form = Apply(message.Current, body, request, message.ChannelId, isNew: false);
            if (form.Refusal is { } refusal)
                return refusal;

            message.Edit(form.Version!);
        }

        recorder.CountEdit();
        return await AcceptAsync(message);
    }

    private DiscordResponse Delete(Bot bot, Message message)
    {
        if (message.Author != bot)
            return DiscordResponse.MissingPermissions;
        if (!message.Delete(clock.UtcNow, byModerator: false))
            return DiscordResponse.UnknownMessage;

        recorder.CountDelete();
        return new(204);
    }

    private MessageForm Apply(MessageVersion current, RequestBody body, RecordedRequest request, long channelId, bool isNew)
    {
        var form = MessageForm.Apply(
            current, body, isNew, clock.UtcNow, (file, name, description) => Cdn.Attach(ids.Next(), channelId, file, name, description));

        foreach (var (rule, text) in form.Violations)
            recorder.Add(new Violation(rule, text, request));

        return form;
    }

    private async Task<DiscordResponse> AcceptAsync(Message message)
    {
        await images.FetchAsync(message.Current.Embeds.SelectMany(embed => embed.ImageUrls()));

        var response = Describe(message);
        settings.Accepted?.Invoke(response.Body);
        return response;
    }

    private DiscordResponse Describe(Message message) => new(200, MessageObject.Json(message, images.Find));
}
