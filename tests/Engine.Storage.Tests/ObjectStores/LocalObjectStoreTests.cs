using Engine.Core.Errors;
using Engine.Storage.ObjectStores;
using Engine.Storage.ObjectStores.Local;

namespace Engine.Storage.Tests.ObjectStores;

public sealed class LocalObjectStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalObjectStore _store = new();

    public LocalObjectStoreTests()
    {
        foreach (var name in new[] { "a1.csv", "a2.csv", "b1.json", "x[1].csv", "sub/a3.csv", "sub/deep/a4.csv", "other/a5.log", ".hidden.csv", "sub/.git/a6.csv" })
        {
            _folder.Write(name, name);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.csv", "a1.csv a2.csv x[1].csv")]
    [InlineData("a?.csv", "a1.csv a2.csv")]
    [InlineData("[ab]1.*", "a1.csv b1.json")]
    [InlineData("[!a]1.*", "b1.json")]
    [InlineData("{a1,b1}.{csv,json}", "a1.csv b1.json")]
    [InlineData("**/*.csv", "a1.csv a2.csv sub/a3.csv sub/deep/a4.csv x[1].csv")]
    [InlineData("sub/**", "sub/a3.csv sub/deep/a4.csv")]
    [InlineData("*/a*", "other/a5.log sub/a3.csv")]
    [InlineData("{sub,other}/a[3-5].*", "other/a5.log sub/a3.csv")]
    [InlineData("nothing*", "")]
    [InlineData("absent/*.csv", "")]
    [InlineData("x[1].csv", "x[1].csv")]
    [InlineData(".h*", ".hidden.csv")]
    public void Globs_give_the_files_in_ordinal_order(string glob, string expected) =>
        string.Join(' ', _store.List(_folder.Path + "/" + glob, CancellationToken.None).Select(file => file.Path[(_folder.Path.Length + 1)..]))
            .ShouldBe(expected);

    [Fact]
    public void Describes_size_and_time()
    {
        var file = _store.List("file://" + _folder.Path + "/a1.csv", CancellationToken.None).ShouldHaveSingleItem();
        file.Size.ShouldBe(6);
        file.ModifiedAt.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public void Missing_files_and_folders_are_errors_that_say_so()
    {
        var missing = Should.Throw<QueryException>(() => _store.List(_folder.Path + "/no.csv", CancellationToken.None));
        missing.Code.ShouldBe(ErrorCodes.UndefinedFile);
        missing.Message.ShouldContain("no.csv");
        var folder = Should.Throw<QueryException>(() => _store.List(_folder.Path + "/sub", CancellationToken.None));
        folder.Code.ShouldBe(ErrorCodes.IoError);
        folder.Hint.ShouldNotBeNull();
    }

    [Fact]
    public void Reads_stretches()
    {
        using var reader = _store.Open(_folder.Write("digits", "0123456789"));
        var target = new byte[4];
        reader.Read(3, target, CancellationToken.None).ShouldBe(4);
        target.ShouldBe("3456"u8.ToArray());
        reader.Read(8, target, CancellationToken.None).ShouldBe(2);
        reader.Read(10, target, CancellationToken.None).ShouldBe(0);
    }

    [Fact]
    public void Sets_send_locations_to_their_store()
    {
        var set = new ObjectStoreSet([_store]);
        set.List(_folder.Path + "/a1.csv", CancellationToken.None).Count.ShouldBe(1);
        Should.Throw<QueryException>(() => set.List("s3://bucket/key", CancellationToken.None)).Message.ShouldContain("s3://bucket/key");
    }
}
