using Engine.Core.Errors;
using Engine.Server.Security;

namespace Engine.Server.Tests.Security;

public sealed class UsersFileTests : IDisposable
{
    private static readonly string Verifier = ScramVerifier.Create("secret").ToText();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-users-");

    private string FilePath => Path.Combine(_folder.FullName, "users.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void All_that_may_stand_there()
    {
        File.WriteAllText(FilePath, $"""
            users:
              ann:
                password: {Verifier}
                read: [public, tpch.*, 'files.hr']
                write: scratch
                files: read
                max_sessions: 5
                max_statements: 2
                memory: 512MB
              boss: {"{"} trust: loopback, administrator: true, read: [] {"}"}
            """);
        var accounts = UsersFile.Read(FilePath, allowsMd5: false);
        var ann = accounts[0];
        (ann.Name, ann.MaxSessions, ann.MaxStatements, ann.MemoryLimitBytes, ann.IsTrustedOnLoopback).ShouldBe(("ann", 5, 2, 512L << 20, false));
        (ann.Grants.ReadsFiles, ann.Grants.WritesFiles, ann.Grants.IsAdministrator).ShouldBe((true, false, false));
        var reads = new[] { ("files", "public"), ("memory", "Public"), ("tpch", "sf1"), ("files", "hr"), ("memory", "hr"), ("files", "scratch"), ("files", "other"), ("tpch2", "sf1") };
        reads.Select(place => ann.Grants.MayRead(place.Item1, place.Item2)).ShouldBe([true, true, true, true, false, true, false, false]);
        ann.Grants.MayWrite("memory", "scratch").ShouldBeTrue();
        ann.Grants.MayWrite("memory", "public").ShouldBeFalse();
        accounts[1].Grants.MayWrite("anything", "at all").ShouldBeTrue();
    }

    [Theory]
    [InlineData("groups: {}", "users.yaml:1:1: unknown key \"groups\": a users file has users")]
    [InlineData("users:\n  ann: {}", "users.yaml:2:3: user ann has no password: qe user add makes one")]
    [InlineData("users:\n  ann: { pass: x }", "users.yaml:2:10: unknown key \"pass\" of user ann: it may have password, trust, read, write, files, administrator, max_sessions, max_statements, memory")]
    [InlineData("users:\n  ann: { password: hunter2 }", "users.yaml:2:20: the password of user ann is no SCRAM-SHA-256 verifier: qe user password ann makes one")]
    [InlineData("users:\n  ann: { password: md5aabbccddeeff00112233445566778899 }", "users.yaml:2:20: the password of user ann is an md5 hash, which anybody who reads it can log in with: qe user password ann makes a SCRAM-SHA-256 verifier")]
    [InlineData("users:\n  ann: { trust: everywhere }", "users.yaml:2:17: trust is loopback, not \"everywhere\"")]
    [InlineData("users:\n  ann: { trust: loopback, read: a.b.c }", "users.yaml:2:33: \"a.b.c\" is no schema: it is schema, catalog.schema, catalog.* or '*'")]
    [InlineData("users:\n  ann: { trust: loopback, memory: 5 }", "users.yaml:2:35: memory is at least 1MB, as in 512MB or 4GB, not \"5\"")]
    [InlineData("users:\n  ann: { trust: loopback, max_sessions: 0 }", "users.yaml:2:41: max_sessions is a number of at least 1, not \"0\"")]
    public void Errors_name_the_place_and_no_secret(string text, string message)
    {
        File.WriteAllText(FilePath, text);
        var error = Should.Throw<QueryException>(() => UsersFile.Read(FilePath, allowsMd5: false));
        error.Message.ShouldBe(Path.Combine(_folder.FullName, message));
        error.Code.SqlState.ShouldBe("F0000");
    }

    [Fact]
    public void A_user_is_added_and_what_else_stands_there_stays()
    {
        File.WriteAllText(FilePath, $"# ours\nusers:\n  ann:   # since 2020\n    password: {Verifier}\n");
        new UsersFileEditor(FilePath).Add("o'neil", "secret 2", ["public"], ["scratch"], isAdministrator: false);
        var text = File.ReadAllText(FilePath);
        text.ShouldStartWith($"# ours\nusers:\n  ann:   # since 2020\n    password: {Verifier}\n  'o''neil':\n");
        text.ShouldNotContain("secret 2");
        UsersFile.Read(FilePath, allowsMd5: false).Select(account => account.Name).ShouldBe(["ann", "o'neil"]);
        Directory.EnumerateFiles(_folder.FullName).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_first_user_makes_the_file_for_its_owners_eyes()
    {
        new UsersFileEditor(FilePath).Add("ann", "secret", [], [], isAdministrator: true);
        UsersFile.Read(FilePath, allowsMd5: false).ShouldHaveSingleItem().Grants.IsAdministrator.ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_password_is_changed_in_its_place()
    {
        File.WriteAllText(FilePath, $"users:\n  ann:\n    password: {Verifier}   # hers\n");
        new UsersFileEditor(FilePath).ChangePassword("ann", "new");
        var text = File.ReadAllText(FilePath);
        text.ShouldEndWith("   # hers\n");
        text.ShouldNotContain(Verifier);
    }

    [Fact]
    public void Users_are_there_once()
    {
        var editor = new UsersFileEditor(FilePath);
        editor.Add("ann", "secret", [], [], isAdministrator: false);
        Should.Throw<QueryException>(() => editor.Add("ann", "other", [], [], isAdministrator: false)).Code.SqlState.ShouldBe("42710");
        Should.Throw<QueryException>(() => editor.ChangePassword("bob", "other")).Code.SqlState.ShouldBe("42704");
    }
}
