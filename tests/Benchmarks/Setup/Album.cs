using System.Net.Http.Headers;
using System.Text.Json;
using GameImages.Benchmarks.Servers;

namespace GameImages.Benchmarks.Setup;

/// <summary>Pictures that are created through the API, and kept as files under the same paths.</summary>
internal sealed class Album : IDisposable
{
    private const int AtOnce = 8;

    private readonly string files;
    private readonly HttpClient client;
    private readonly HttpClient anybody;

    public Album(Uri service, string token, string files)
    {
        this.files = files;
        anybody = new() { BaseAddress = service };
        client = new() { BaseAddress = service };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Without credentials.</summary>
    public HttpClient Anybody => anybody;

    /// <summary>A game with its thumbnail, or without.</summary>
    public static MultipartFormDataContent Form(byte[]? thumbnail = null)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent($"{PublishedService.Guild}"), "guild_id" },
            { new StringContent("5"), "channel_id" },
            { new StringContent("Dune: Imperium"), "title" },
            { new StringContent("2026-02-07T20:30:00+01:00"), "scheduled_at" },
        };
        if (thumbnail is not null)
            form.Add(new ByteArrayContent(thumbnail), "thumbnail", "thumbnail.png");

        return form;
    }

    /// <returns>The paths of the first pictures of a series, on whichever server.</returns>
    public async Task<string[]> CreateAsync(Series series, int count, CancellationToken ct)
    {
        var paths = new string[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (number, stop) =>
            {
                var picture = series.Picture(number);
                using var form = Form(picture);
                using var response = await client.PostAsync("/api/v1/games", form, stop);
                var text = await response.Content.ReadAsStringAsync(stop);
                if (!response.IsSuccessStatusCode)
                    throw new BrokenRunException($"A game was not created: {text}");

                using var game = JsonDocument.Parse(text);
                paths[number] = $"/api/v1/public/images/{game.RootElement.GetProperty("thumbnail_id").GetString()}";
                var file = Path.Join(files, paths[number]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);

                // Written again, a known picture would get another tag from nginx.
                if (!File.Exists(file))
                    await File.WriteAllBytesAsync(file, picture, stop);
            });

        if (!(await anybody.GetByteArrayAsync(paths[0], ct)).SequenceEqual(series.Picture(0)))
            throw new BrokenRunException("The service serves other bytes than it was given.");

        return paths;
    }

    public void Dispose()
    {
        anybody.Dispose();
        client.Dispose();
    }
}
