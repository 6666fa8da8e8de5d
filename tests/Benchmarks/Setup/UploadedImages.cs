using System.Net.Http.Headers;
using System.Text.Json;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Setup;

/// <summary>Uploads images through the API, and stores them as files under the same paths for nginx.</summary>
internal sealed class UploadedImages : IDisposable
{
    private const int AtOnce = 8;

    private readonly string files;
    private readonly HttpClient client;
    private readonly HttpClient anonymous;

    public UploadedImages(Uri service, string token, string files)
    {
        this.files = files;
        anonymous = new() { BaseAddress = service };
        client = new() { BaseAddress = service };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous => anonymous;

    /// <returns>The paths of the first images of a series. They are the same on all servers.</returns>
    public async Task<string[]> CreateAsync(PngSeries series, int count, CancellationToken ct)
    {
        var paths = new string[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (number, stop) =>
            {
                var image = series.Image(number);
                using var form = GameForm.Create(image);
                using var response = await client.PostAsync("/api/v1/games", form, stop);
                var text = await response.Content.ReadAsStringAsync(stop);
                if (!response.IsSuccessStatusCode)
                    throw new BrokenRunException($"The service did not create a game: {text}");

                using var game = JsonDocument.Parse(text);
                paths[number] = $"/api/v1/public/images/{game.RootElement.GetProperty("thumbnail_id").GetString()}";
                var file = Path.Join(files, paths[number]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);

                // nginx would give a rewritten file another entity tag.
                if (!File.Exists(file))
                    await File.WriteAllBytesAsync(file, image, stop);
            });

        if (!(await anonymous.GetByteArrayAsync(paths[0], ct)).SequenceEqual(series.Image(0)))
            throw new BrokenRunException("The service does not serve the bytes of the upload.");

        return paths;
    }

    public void Dispose()
    {
        anonymous.Dispose();
        client.Dispose();
    }
}
