using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

internal sealed class DiscordClient(DiscordHttp http, ChannelGuilds channels) : IDiscord
{
    private const int UnknownChannel = 10003;
    private const int UnknownMessage = 10008;

    public Task CheckTokenAsync(CancellationToken ct) =>
        http.SendAsync<object?>(new(HttpMethod.Get, default), "users/@me", () => null, _ => null, ct);

    public Task CheckChannelAsync(Snowflake channel, Snowflake guild, CancellationToken ct) => channels.CheckAsync(channel, guild, ct);

    public void CheckPost(Snowflake channel) => http.Check(new(HttpMethod.Post, channel));

    public async Task<PostedMessage> PostAsync(
        Snowflake channel,
        DiscordMessage message,
        IReadOnlyList<Attachment> files,
        CancellationToken ct)
    {
        if (message is not { Nonce.Length: > 0, EnforceNonce: true })
            throw new ArgumentException("The message needs an enforced nonce. Without one, a retry could post it twice.", nameof(message));

        var post = message with { Attachments = files.Count > 0 ? List(files) : null };
        return await SendAsync(HttpMethod.Post, channel, "", post, files, ct);
    }

    public async Task<PostedMessage> EditAsync(
        MessageReference at,
        DiscordMessage message,
        IReadOnlyList<Attachment> files,
        CancellationToken ct)
    {
        try
        {
            // Discord removes the files that the list does not name.
            var edit = message with { Nonce = null, EnforceNonce = null, Attachments = List(files) };
            return await SendAsync(HttpMethod.Patch, at.ChannelId, $"/{at.MessageId}", edit, files, ct);
        }
        catch (MessageRefusedException refused) when (refused.Code == UnknownMessage)
        {
            throw new UnknownMessageException(at);
        }
    }

    public async Task DeleteAsync(MessageReference at, CancellationToken ct)
    {
        try
        {
            await SendAsync<object?>(HttpMethod.Delete, at.ChannelId, $"/{at.MessageId}", () => null, _ => null, ct);
        }
        catch (MessageRefusedException refused) when (refused.Code is UnknownMessage or UnknownChannel)
        {
            // The message was deleted before, alone or with its channel.
        }
    }

    private static List<MessageAttachment> List(IReadOnlyList<Attachment> files) =>
        [.. files.Select((file, id) => new MessageAttachment(id, file.FileName, file.Description))];

    private Task<PostedMessage> SendAsync(
        HttpMethod method, Snowflake channel, string path, DiscordMessage message, IReadOnlyList<Attachment> files, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, DiscordJson.Default.DiscordMessage);
        return SendAsync(method, channel, path, () => Content(json, files), body => Read(body, channel, message), ct);
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, Snowflake channel, string path, Func<HttpContent?> content, Func<byte[], T> read, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(new(method, channel), $"channels/{channel}/messages{path}", content, read, ct);
        }
        catch (MessageRefusedException refused) when (refused.Code != UnknownMessage)
        {
            await channels.RemoveAsync(channel, refused, ct);
            throw;
        }
    }

    private static HttpContent Content(byte[] json, IReadOnlyList<Attachment> files)
    {
        var payload = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } };
        if (files.Count == 0)
            return payload;

        // Discord's documentation, "Uploading Files".
        var form = new MultipartFormDataContent { { payload, "\"payload_json\"" } };
        for (var id = 0; id < files.Count; id++)
        {
            var part = new ReadOnlyMemoryContent(files[id].Content)
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse(files[id].MimeType) },
            };
            form.Add(part, string.Create(CultureInfo.InvariantCulture, $"\"files[{id}]\""), files[id].FileName);
        }

        return form;
    }

    private static PostedMessage Read(byte[] body, Snowflake channel, DiscordMessage message)
    {
        var posted = JsonSerializer.Deserialize(body, ResponseJson.Default.MessageObject);
        if (!Snowflake.TryParse(posted?.Id, null, out var id))
            throw new JsonException("The message has no valid id.");

        return new(
            new(channel, id),
            Shows(embed => embed.Thumbnail, embed => embed.Thumbnail),
            Shows(embed => embed.Image, embed => embed.Image));

        bool Shows(Func<Embed, EmbedImage?> sent, Func<EmbedObject, ImageObject?> received) => message.Embeds.Index().All(embed =>
            sent(embed.Item) is null
            || (posted!.Embeds?.ElementAtOrDefault(embed.Index) is { } shown && received(shown)?.IsShown == true));
    }
}
