using System.Net;
using System.Text;
using System.Text.Json;

namespace GameImages.Testing.Discord.Tests;

/// <summary>Starts a fake Discord for each test, with a client whose headers follow Discord's rules.</summary>
public abstract class FakeDiscordTests
{
    protected const long Channel = 1200000000000000001;
    protected const string Messages = "channels/1200000000000000001/messages";
    protected const string UserAgent = "DiscordBot (https://example.org, 1.0)";

    protected FakeDiscord Discord { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    protected FakeTime Time { get; private set; } = null!;

    [SetUp]
    public async Task Start()
    {
        Time = new();
        Discord = await FakeDiscord.StartAsync(Settings());
        Client = Connect(Bot.Default.Token);
    }

    [TearDown]
    public async Task Stop()
    {
        Client.Dispose();
        await Discord.DisposeAsync();
    }

    protected virtual FakeDiscordSettings Settings() => new() { Limits = null, Images = null, Time = Time };

    protected HttpClient Connect(string token)
    {
        var client = new HttpClient { BaseAddress = Discord.BaseUrl };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bot {token}");
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        return client;
    }

    protected Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        HttpClient? client = null,
        CancellationToken ct = default)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        return (client ?? Client).SendAsync(request, ct);
    }

    protected Task<HttpResponseMessage> PostAsync(string json, HttpClient? client = null) =>
        SendAsync(HttpMethod.Post, Messages, json, client);

    protected Task<HttpResponseMessage> EditAsync(long message, string json, HttpClient? client = null) =>
        SendAsync(HttpMethod.Patch, $"{Messages}/{message}", json, client);

    protected Task<HttpResponseMessage> DeleteAsync(long message, HttpClient? client = null) =>
        SendAsync(HttpMethod.Delete, $"{Messages}/{message}", null, client);

    /// <returns>The id of a new message.</returns>
    protected async Task<long> MessageAsync(string json = """{"content":"x"}""") => Id(await ReadAsync(await PostAsync(json)));

    protected static long Id(JsonElement message) =>
        long.Parse(message.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    protected static async Task<int> CodeAsync(HttpResponseMessage response, HttpStatusCode status) =>
        (await ReadAsync(response, status)).GetProperty("code").GetInt32();

    protected static string Header(HttpResponseMessage response, string name) => string.Join(",", response.Headers.GetValues(name));
}
