using System.Text;
using Engine.Core.Memory;
using Engine.Storage.Csv;
using Engine.TestKit;

namespace Engine.Storage.Tests.Csv;

public sealed class CsvScannerTests
{
    [Fact]
    public void Every_register_width_finds_the_same_fields_as_a_plain_loop()
    {
        using var pool = TestPool.Create();
        var random = new Random(3);
        const string Alphabet = "ab,,\"\"\n\n\r;x\\ ";
        for (var round = 0; round < 2000; round++)
        {
            var text = Encoding.UTF8.GetBytes(new string([.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]));
            foreach (var dialect in new[] { new CsvDialect(), new CsvDialect { Quote = 0, Escape = 0 }, new CsvDialect { Escape = (byte)'\\' }, new CsvDialect { EndsAtReturn = true } })
            {
                var expected = Cut(text, dialect, VectorWidth.Scalar, pool);
                Cut(text, dialect, VectorWidth.Bits256, pool).ShouldBe(expected);
                Cut(text, dialect, VectorWidth.Bits512, pool).ShouldBe(expected);
                if (dialect is { Quote: 0, EndsAtReturn: false })
                {
                    expected.ShouldBe(SplitPlainly(Encoding.UTF8.GetString(text)));
                }
            }
        }
    }

    [Theory]
    [InlineData("a,\"b\"\"c\",d\n", "a|b\"c|d")]
    [InlineData("\"a\nb\",c\n", "a\nb|c")]
    [InlineData("\"a\"b\",c\n", "a\"b|c")]
    [InlineData("a\"b\"c,d\n", "a\"b\"c|d")]
    [InlineData("\"\",\"\"\"\"\n", "|\"")]
    [InlineData("\"a,b", "a,b")]
    [InlineData("a,\r\n", "a|")]
    public void Quotes_mean_what_they_should(string text, string expected)
    {
        using var pool = TestPool.Create();
        Cut(Encoding.UTF8.GetBytes(text), new CsvDialect(), VectorWidth.Widest, pool).ShouldBe(expected + "\u2028");
    }

    [Fact]
    public void Text_cut_at_any_byte_gives_the_same_records()
    {
        using var pool = TestPool.Create();
        var text = "a,b\r\n\"x\"\"y\",\"1\r\n2\"\r\n,\"\"\r\nlast,\"q\"\r\n"u8.ToArray();
        var whole = Cut(text, new CsvDialect(), VectorWidth.Widest, pool);
        for (var length = 1; length < text.Length; length++)
        {
            var (first, consumed) = CutPart(text.AsSpan(0, length), new CsvDialect(), isLast: false, VectorWidth.Widest, pool);
            (first + Cut(text[consumed..], new CsvDialect(), VectorWidth.Widest, pool)).ShouldBe(whole, $"cut at {length}");
        }
    }

    private static string SplitPlainly(string text)
    {
        var rows = text.Split('\n');
        return string.Concat(rows.Take(rows[^1].Length == 0 ? rows.Length - 1 : rows.Length)
            .Select(row => (row.EndsWith('\r') ? row[..^1] : row).Replace(',', '|') + "\u2028"));
    }

    private static string Cut(byte[] text, CsvDialect dialect, VectorWidth width, MemoryPool pool) => CutPart(text, dialect, isLast: true, width, pool).Text;

    private static unsafe (string Text, int Consumed) CutPart(ReadOnlySpan<byte> text, CsvDialect dialect, bool isLast, VectorWidth width, MemoryPool pool)
    {
        var buffer = pool.AllocateCleared(text.Length, "test");
        text.CopyTo(buffer.Span);
        using var index = new CsvIndex(pool);
        var consumed = new CsvScanner(dialect, width).Scan(buffer.Pointer, 0, text.Length, isLast, index);
        var rows = new CsvRows(buffer, (nint)index.Ends, (nint)index.FirstFields, (nint)index.Starts, index.RowCount, dialect, IsValidUtf8: true);
        var result = new StringBuilder();
        var scratch = new Engine.Core.Text.ByteWriter();
        for (var row = 0; row < index.RowCount; row++)
        {
            var fields = index.FirstFields[row + 1] - index.FirstFields[row];
            result.AppendJoin('|', Enumerable.Range(0, fields).Select(field => Encoding.UTF8.GetString(rows.Value(row, field, out _, scratch)))).Append('\u2028');
        }

        buffer.Release();
        return (result.ToString(), consumed);
    }
}
