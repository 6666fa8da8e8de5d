using GameImages.Application;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class PublicImagesTests
{
    private TestDatabase database = null!;
    private UseCases useCases = null!;

    [OneTimeSetUp]
    public async Task Create_the_database()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
    }

    [OneTimeTearDown]
    public async Task Drop_the_database()
    {
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100_000)]
    public async Task The_content_is_read_from_where_the_reader_stands(int from)
    {
        var bytes = Pictures.Png(1, byteLength: 200_000);
        var image = await StoreAsync(bytes);
        image.Content.Position = from;
        using var copy = new MemoryStream();
        await image.Content.CopyToAsync(copy);

        Assert.That(copy.ToArray(), Is.EqualTo(bytes[from..]));
    }

    [Test]
    public async Task A_picture_that_goes_while_it_is_read_ends_the_reading_with_an_error()
    {
        var image = await StoreAsync(Pictures.Png(2, byteLength: 200_000));
        var buffer = new byte[1000];
        await image.Content.ReadExactlyAsync(buffer);
        await database.ExecuteAsync("DELETE FROM game_images");

        Assert.That(async () => await image.Content.ReadExactlyAsync(buffer), Throws.TypeOf<NotFoundException>());
    }

    private async Task<PublicImage> StoreAsync(byte[] bytes)
    {
        var id = await useCases.SendAsync(new StoreImage(ImageContent.Read(bytes, new())));
        return await useCases.SendAsync(new GetPublicImage(id, null));
    }
}
