using Engine.Core.Memory;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>The start of a file's text, as UTF-8 in a padded buffer.</summary>
internal sealed unsafe class CsvSample : IDisposable
{
    private readonly NativeBuffer _buffer;

    public CsvSample(ReadOnlySpan<byte> text, bool isWhole, MemoryPool pool)
    {
        _buffer = pool.Allocate(text.Length, "csv sample");
        text.CopyTo(new Span<byte>(_buffer.Pointer, text.Length));
        new Span<byte>(_buffer.Pointer + text.Length, NativeBuffer.Padding).Clear();
        Length = text.Length;
        IsWhole = isWhole;
        Pool = pool;
    }

    public int Length { get; }

    /// <summary>Whether the file ends with the sample.</summary>
    public bool IsWhole { get; }

    public MemoryPool Pool { get; }

    public ReadOnlySpan<byte> Text => new(_buffer.Pointer, Length);

    /// <summary>Cuts the text from a place on into records under a dialect.</summary>
    /// <param name="dialect">How.</param>
    /// <param name="start">Where the first record begins.</param>
    /// <param name="length">Where to stop looking.</param>
    public CsvSampleRows Cut(CsvDialect dialect, int start, int length)
    {
        var index = new CsvIndex(Pool);
        var end = Math.Min(Length, length);
        new CsvScanner(dialect).Scan(_buffer.Pointer, start, end, IsWhole && end == Length, index);
        return new CsvSampleRows(
            index, new CsvRows(_buffer, (nint)index.Ends, (nint)index.FirstFields, (nint)index.Starts, index.RowCount, dialect, IsValidUtf8: true));
    }

    public void Dispose() => _buffer.Release();
}

/// <summary>The records of a sample; of any number of fields each.</summary>
internal sealed unsafe class CsvSampleRows(CsvIndex index, CsvRows rows) : IDisposable
{
    public CsvRows Rows { get; } = rows;

    public int Count => index.RowCount;

    public int FieldCount(int row) => index.FirstFields[row + 1] - index.FirstFields[row];

    public int Start(int row) => index.Starts[row];

    /// <summary>Whether the row is a blank line.</summary>
    public bool IsBlank(int row) => FieldCount(row) == 1 && Rows.Raw(row, 0, out _).IsEmpty;

    public void Dispose() => index.Dispose();
}
