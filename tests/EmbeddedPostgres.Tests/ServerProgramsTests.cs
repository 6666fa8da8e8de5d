namespace GameImages.EmbeddedPostgres.Tests;

public sealed class ServerProgramsTests
{
    private readonly string nothing = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;

    [OneTimeTearDown]
    public void Remove_the_folder() => Directory.Delete(nothing, recursive: true);

    [Test]
    public void The_named_folder_wins_and_has_to_have_the_programs()
    {
        var found = ServerPrograms.Find();

        Assert.That(ServerPrograms.Find(found, []), Is.EqualTo(found));
        Assert.That(() => ServerPrograms.Find(nothing, [found]), Throws.TypeOf<EmbeddedServerException>().With.Message.Contains(nothing));
    }

    [Test]
    public void Folders_without_the_programs_are_passed_over()
    {
        var found = ServerPrograms.Find();
        Assert.That(ServerPrograms.Find(null, [nothing, "/does/not/exist", found]), Is.EqualTo(found));
    }

    [Test]
    public void With_none_the_error_says_what_to_install() =>
        Assert.That(
            () => ServerPrograms.Find("", [nothing]),
            Throws
                .TypeOf<EmbeddedServerException>()
                .With.Message.Contains("apt-get install postgresql")
                .And.Message.Contains("./build/setup.sh")
                .And.Message.Contains("GAMEIMAGES_POSTGRES_BIN"));

    [Test]
    public void A_version_that_is_too_old_is_passed_over()
    {
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            var path = Path.Combine(nothing, program);
            File.WriteAllText(path, "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.That(() => ServerPrograms.Find(null, [nothing]), Throws.TypeOf<EmbeddedServerException>());

        foreach (var program in Directory.EnumerateFiles(nothing))
            File.Delete(program);
    }

    [Test]
    public void Links_lead_to_the_programs_and_dangling_ones_to_nothing()
    {
        var found = ServerPrograms.Find();
        var links = Directory.CreateDirectory(Path.Combine(nothing, "links")).FullName;
        var dangling = Directory.CreateDirectory(Path.Combine(nothing, "dangling")).FullName;

        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            File.CreateSymbolicLink(Path.Combine(links, program), Path.Combine(found, program));
            File.CreateSymbolicLink(Path.Combine(dangling, program), Path.Combine(nothing, "gone", program));
        }

        Assert.That(ServerPrograms.Find(null, [dangling, links]), Is.EqualTo(found));
    }
}
