using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Csv;

namespace Engine.Storage.Tests.Csv;

public sealed class CsvSplitTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1, "\n", false)]
    [InlineData(2, "\r\n", false)]
    [InlineData(3, "\n", true)]
    [InlineData(4, "\r\n", true)]
    public void Splits_give_the_rows_of_the_whole_wherever_they_are_cut(int seed, string lineEnd, bool hasTableInText)
    {
        var file = _fixture.Folder.Write("split.csv", MakeText(seed, lineEnd, hasTableInText));
        var whole = new CsvFormat(_fixture.Store, _fixture.Pool);
        var inference = whole.Infer([file], ScanFixture.Options(("quote", "\"")), null, CancellationToken.None);
        inference.Schema.Count.ShouldBe(3);
        var expected = _fixture.ReadWith(whole, file, inference);
        expected.Count.ShouldBe(300);
        foreach (var length in new[] { 97, 500, 1003 })
        {
            var cut = new CsvFormat(_fixture.Store, _fixture.Pool) { SplitLength = length };
            var rows = _fixture.ReadWith(cut, file, inference);
            rows.Count.ShouldBe(expected.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                rows[i].ShouldBe(expected[i]);
            }
        }
    }

    [Fact]
    public void Lines_of_errors_are_right_in_later_splits()
    {
        var text = new StringBuilder("id,name\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append(i == 777 ? "bad" : i.ToString()).Append(",\"two\nlines\"\n");
        }

        var file = _fixture.Folder.Write("lines.csv", text.ToString());
        var format = new CsvFormat(_fixture.Store, _fixture.Pool) { SplitLength = 1000 };
        var schema = Schema.Of(new Field("id", DataType.BigInt), new Field("name", DataType.Varchar));
        var inference = format.Infer([file], FormatOptions.None, schema, CancellationToken.None);
        _fixture.ReadWith(format, file, inference, OnError.Null).Count.ShouldBe(1000);
        _fixture.Errors.First.ShouldHaveSingleItem().Line.ShouldBe(2 + (777 * 2));
    }

    private static string MakeText(int seed, string lineEnd, bool hasTableInText)
    {
        var random = new Random(seed);
        var text = new StringBuilder("a,b,c").Append(lineEnd);
        for (var i = 0; i < 300; i++)
        {
            text.Append(i).Append(',');
            text.Append(random.Next(4) switch
            {
                0 => "plain",
                1 => "\"quoted, with \"\"quotes\"\"\"",
                2 when hasTableInText => $"\"1,2,3{lineEnd}4,5,6{lineEnd}7,8,9{lineEnd}\"",
                2 => $"\"two{lineEnd}lines\"",
                _ => "",
            });
            text.Append(',').Append(random.NextDouble()).Append(lineEnd);
        }

        return text.ToString();
    }
}
