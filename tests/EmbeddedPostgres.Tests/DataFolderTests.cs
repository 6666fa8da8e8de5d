namespace GameImages.EmbeddedPostgres.Tests;

public sealed class DataFolderTests
{
    private readonly string path = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;

    [OneTimeTearDown]
    public void Remove_the_folder() => Directory.Delete(path, recursive: true);

    [Test]
    public void Concurrent_calls_create_a_secret_only_once()
    {
        var secrets = Enumerable
            .Range(0, 100)
            .AsParallel()
            .Select(number => (Name: $"shared {number / 4}", Secret: new DataFolder(path).Secret($"shared {number / 4}")))
            .Distinct()
            .ToList();

        Assert.That(secrets, Has.Count.EqualTo(25));
        Assert.That(secrets.Select(secret => secret.Secret), Is.All.Match("^[0-9a-f]{64}$"));
        Assert.That(Directory.GetFiles(path, "shared*"), Has.Length.EqualTo(25));
    }

    [Test]
    public void Different_names_have_different_secrets() =>
        Assert.That(new DataFolder(path).Secret("one"), Is.Not.EqualTo(new DataFolder(path).Secret("other")));
}
