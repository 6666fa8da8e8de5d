namespace GameImages.EmbeddedPostgres.Tests;

public sealed class DataFolderTests
{
    private readonly string path = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;

    [OneTimeTearDown]
    public void Remove_the_folder() => Directory.Delete(path, recursive: true);

    [Test]
    public void A_secret_is_made_once_however_many_ask_at_once()
    {
        var secrets = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16).Select(_ => new DataFolder(path).Secret("shared")).Distinct().ToList();

        Assert.That(secrets, Has.Count.EqualTo(1));
        Assert.That(secrets[0], Does.Match("^[0-9a-f]{64}$"));
        Assert.That(Directory.GetFiles(path, "shared*"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Different_secrets_differ() => Assert.That(new DataFolder(path).Secret("one"), Is.Not.EqualTo(new DataFolder(path).Secret("other")));
}
