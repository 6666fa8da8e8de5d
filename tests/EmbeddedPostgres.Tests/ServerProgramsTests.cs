namespace GameImages.EmbeddedPostgres.Tests;

public sealed class ServerProgramsTests
{
    private readonly string emptyFolder = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;

    [OneTimeTearDown]
    public void Remove_the_folder() => Directory.Delete(emptyFolder, recursive: true);

    [Test]
    public void The_named_folder_is_used_and_must_have_the_programs()
    {
        var found = ServerPrograms.Find();

        Assert.That(ServerPrograms.Find(found, []), Is.EqualTo(found));
        Assert.That(
            () => ServerPrograms.Find(emptyFolder, [found]),
            Throws.TypeOf<EmbeddedServerException>().With.Message.Contains(emptyFolder));
    }

    [Test]
    public void Folders_without_the_programs_are_skipped()
    {
        var found = ServerPrograms.Find();
        Assert.That(ServerPrograms.Find(null, [emptyFolder, "/does/not/exist", found]), Is.EqualTo(found));
    }

    [Test]
    public void The_error_for_missing_programs_says_what_to_install() =>
        Assert.That(
            () => ServerPrograms.Find("", [emptyFolder]),
            Throws
                .TypeOf<EmbeddedServerException>()
                .With.Message.Contains("apt-get install postgresql")
                .And.Message.Contains("./build/setup.sh")
                .And.Message.Contains("GAMEIMAGES_POSTGRES_BIN"));

    [Test]
    public void A_version_that_is_too_old_is_skipped()
    {
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            var path = Path.Combine(emptyFolder, program);
            File.WriteAllText(path, "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.That(() => ServerPrograms.Find(null, [emptyFolder]), Throws.TypeOf<EmbeddedServerException>());

        foreach (var program in Directory.EnumerateFiles(emptyFolder))
            File.Delete(program);
    }

    [Test]
    public void Links_lead_to_the_programs_and_dangling_links_are_skipped()
    {
        var found = ServerPrograms.Find();
        var links = Directory.CreateDirectory(Path.Combine(emptyFolder, "links")).FullName;
        var dangling = Directory.CreateDirectory(Path.Combine(emptyFolder, "dangling")).FullName;

        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            File.CreateSymbolicLink(Path.Combine(links, program), Path.Combine(found, program));
            File.CreateSymbolicLink(Path.Combine(dangling, program), Path.Combine(emptyFolder, "missing", program));
        }

        Assert.That(ServerPrograms.Find(null, [dangling, links]), Is.EqualTo(found));
    }
}
