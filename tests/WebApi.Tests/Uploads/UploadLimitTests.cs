using System.Net;
using System.Net.Sockets;
using System.Text;
using GameImages.Testing;
using GameImages.WebApi.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace GameImages.WebApi.Tests.Uploads;

/// <summary>Tests a service whose memory suffices for the longest body only.</summary>
public sealed class UploadLimitTests : ServiceTests
{
    private const int MaxBytes = 261_000;
    private const int Mebibytes = 5;
    private const long LongestBody = 2 * MaxBytes + 2 * 1024 * 1024;

    private static readonly byte[] Image = Pictures.Png(1, 90_000);
    private static readonly (string, string)[] Tight = [("Images:MaxBytes", $"{MaxBytes}"), ("Images:UploadMegabytes", $"{Mebibytes}")];

    private HeldTime time = null!;
    private Service service = null!;
    private HttpClient member = null!;
    private HttpClient other = null!;
    private string game = "";

    [OneTimeSetUp]
    public async Task Create_a_game() => game = $"/api/v1/games/{Text(await CreateAsync(), "id")}";

    [SetUp]
    public void Start()
    {
        time = new();
        service = new Service(Database, time, Tight);
        member = service.CreateClient(Guild);
        other = CreateClient(token => token.Claims["sub"] = "8");
    }

    [TearDown]
    public async Task Stop()
    {
        member.Dispose();
        other.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task An_upload_without_memory_waits_and_is_rejected_while_a_change_without_files_succeeds()
    {
        using var slow = await BeginAsync(service);
        await time.NextAsync(UploadMemory.MaxTime);
        var surplus = PutAsync(other, Image);
        var ofUser = PutAsync(member, Image);
        var waits = new[] { await time.NextAsync(UploadMemory.MaxWait), await time.NextAsync(UploadMemory.MaxWait) };

        using var text = await member.PatchAsync(game, Json);
        Assert.Multiple(() =>
        {
            Assert.That(text.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(surplus.IsCompleted, Is.False);
            Assert.That(ofUser.IsCompleted, Is.False);
        });

        Array.ForEach(waits, wait => wait.End());
        await ExpectRefusalAsync(surplus, HttpStatusCode.ServiceUnavailable, "Too much is being uploaded at once.");
        await ExpectRefusalAsync(ofUser, HttpStatusCode.TooManyRequests, "You are uploading too much at once.");
    }

    [Test]
    public async Task A_waiting_upload_continues_when_another_is_aborted()
    {
        using var slow = await BeginAsync(service);
        await time.NextAsync(UploadMemory.MaxTime);
        var waiting = PutAsync(other, Image);
        await time.NextAsync(UploadMemory.MaxWait);
        Assert.That(waiting.IsCompleted, Is.False);

        slow.Close();
        using var response = await waiting;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_waiting_upload_continues_after_a_slower_one_is_ended()
    {
        using var slow = await BeginAsync(service);

        // The memory for texts has such a timer, too.
        await time.NextAsync(UploadMemory.SlowCheckInterval);
        var look = await time.NextAsync(UploadMemory.SlowCheckInterval);
        await time.NextAsync(UploadMemory.MaxTime);
        var waiting = PutAsync(other, Image);
        await time.NextAsync(UploadMemory.MaxWait);

        // The service may still process the received bytes before it waits for more.
        using var reader = new StreamReader(slow.GetStream());
        var answer = reader.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!waiting.IsCompleted && !timeout.IsCancellationRequested)
        {
            time.Advance(IncomingBody.Window);
            look.End();
            await Task.Yield();
        }

        using var response = await waiting;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer, Does.StartWith("HTTP/1.1 408 ").And.Contains("Others wait for memory"));
    }

    [Test]
    public async Task An_upload_that_takes_too_long_is_408_and_returns_its_memory()
    {
        using var slow = await BeginAsync(service);
        (await time.NextAsync(UploadMemory.MaxTime)).End();

        using var reader = new StreamReader(slow.GetStream());
        var answer = "";
        var buffer = new char[4096];

        // The test does not read to the end of the connection. The server closes the connection before it has read the whole upload, which
        // may reset it.
        while (!answer.Contains("An upload may take 2 minutes.", StringComparison.Ordinal))
        {
            var count = await reader.ReadAsync(buffer);
            Assert.That(count, Is.Not.Zero, answer);
            answer += new string(buffer, 0, count);
        }

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 "));
        await ExpectAllMemoryAsync(service);
    }

    [Test]
    public async Task Only_a_user_who_has_used_up_a_share_of_the_memory_for_text_waits()
    {
        var texts = service.Services.GetRequiredService<GameBody>().Texts;
        var taken = 0;
        foreach (var step in new[] { 1024, 1 })
        {
            while (texts.Start("7", isTrusted: false).GrowAsync(step).IsCompleted)
                taken += step;
        }

        // A quarter of 16 MiB, minus the reserve for the oldest part.
        Assert.That(taken, Is.InRange(3 * 1024 * 1024, 4 * 1024 * 1024));

        // The claim gives the client of the same user its own share. It may be a string, because "dotnet user-jwts" writes one.
        foreach (var trusted in new object[] { true, "true" })
        {
            using var bot = CreateClient(token => token.Claims["may_host_for_others"] = trusted);
            Assert.That((await bot.PatchAsync(game, Json)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That((await other.PatchAsync(game, Json)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var surplus = member.PatchAsync(game, Json);
        (await time.NextAsync(UploadMemory.MaxWait)).End();
        await ExpectRefusalAsync(surplus, HttpStatusCode.TooManyRequests, "You are uploading too much at once.");
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task Every_way_in_which_an_upload_can_end_returns_its_memory(int seed)
    {
        await using var impatient = new Service(Database, Tight);
        using var client = impatient.CreateClient(Guild);
        var random = new Random(seed);
        var kinds = Enumerable.Range(0, 80).Select(_ => random.Next(10)).ToList();

        await Parallel.ForEachAsync(kinds, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (kind, _) =>
        {
            if (kind == 0)
            {
                using var leaving = await BeginAsync(impatient);
                // Closes the connection normally, or resets it.
                leaving.LingerState = new(seed % 2 == 0, 0);
                return;
            }

            var (expected, sending) = Upload(client, kind);
            using var response = await sending;
            Assert.That(response.StatusCode, Is.EqualTo(expected).Or.EqualTo(HttpStatusCode.TooManyRequests));
        });

        await ExpectAllMemoryAsync(impatient);
    }

    private (HttpStatusCode Expected, Task<HttpResponseMessage> Sending) Upload(HttpClient client, int kind) =>
        kind switch
        {
            1 => (HttpStatusCode.OK, PutAsync(client, Image)),
            2 => (HttpStatusCode.Created, client.PostAsync("/api/v1/games", Form(Image, Image))),
            3 => (
                HttpStatusCode.BadRequest,
                client.PatchAsync(
                    game,
                    new MultipartFormDataContent { { new ByteArrayContent(Image), "banner", "x" }, { new StringContent("x"), "status" } }
                )),
            4 => (HttpStatusCode.NotFound, client.PutAsync($"/api/v1/games/{Guid.NewGuid()}/banner", new ByteArrayContent(Image))),
            5 => (HttpStatusCode.UnsupportedMediaType, PutAsync(client, new byte[50_000])),
            6 => (HttpStatusCode.UnprocessableEntity, PutAsync(client, Image[..80_000])),
            7 => (HttpStatusCode.RequestEntityTooLarge, client.PostAsync("/api/v1/games", Form(new byte[MaxBytes + 1]))),
            8 => (
                HttpStatusCode.OK,
                client.SendAsync(
                    new(HttpMethod.Put, $"{game}/banner")
                    {
                        Content = new ByteArrayContent(Image),
                        Headers = { TransferEncodingChunked = true },
                    })),
            _ => (
                HttpStatusCode.BadRequest,
                client.PostAsync(
                    "/api/v1/games",
                    new ByteArrayContent(Image) { Headers = { { "Content-Type", "multipart/form-data; boundary=b" } } })),
        };

    private Task<HttpResponseMessage> PutAsync(HttpClient client, byte[] image) =>
        client.PutAsync($"{game}/thumbnail", new ByteArrayContent(image));

    private static StringContent Json => new("""{"title":"Brass"}""", Encoding.UTF8, "application/json");

    private HttpClient CreateClient(Action<SecurityTokenDescriptor> change)
    {
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Service.Token([Guild], change));
        return client;
    }

    private static async Task ExpectRefusalAsync(Task<HttpResponseMessage> sending, HttpStatusCode status, string reason)
    {
        using var response = await sending;
        var problem = await ProblemAsync(response, status);
        Assert.That(problem.GetProperty("detail").GetString(), Does.StartWith(reason));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    /// <summary>
    /// Connects a client that announces the longest body and sends the start of an image. The service reserves memory for the
    /// image before it reads the bytes.
    /// </summary>
    private static async Task<TcpClient> BeginAsync(Service service)
    {
        var address = service.ClientOptions.BaseAddress;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/games HTTP/1.1\r\nConnection: close\r\nHost: {address.Authority}\r\n"
            + $"Authorization: Bearer {Service.Token([Guild])}\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {LongestBody}\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"banner\"; filename=\"b\"\r\n\r\nGIF89a"));
        return client;
    }

    // The memory of an upload may be returned shortly after the response.
    private static async Task ExpectAllMemoryAsync(Service service)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var memory = service.Services.GetRequiredService<GameBody>().Uploads;
        using var all = memory.Start("nobody", isTrusted: false);
        await all.GrowAsync(GameBody.MaxMemory(new(MaxBytes))).WaitAsync(timeout.Token);
    }
}
