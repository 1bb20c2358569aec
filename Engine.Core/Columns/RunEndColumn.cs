using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>Runs of equal rows (Arrow run-end encoding): run k covers the rows from the end of run k - 1 to its own end.</summary>
public sealed unsafe class RunEndColumn : Column
{
    private readonly int _offset;

    /// <summary>Takes the slice and one reference of the values over.</summary>
    /// <param name="length">Rows.</param>
    /// <param name="runEnds">Strictly increasing 32-bit ends, one a value; the last reaches at least <paramref name="offset"/> + <paramref name="length"/>.</param>
    /// <param name="values">A flat column, one row a run.</param>
    /// <param name="offset">Rows of the first runs that this column leaves out.</param>
    public RunEndColumn(int length, BufferSlice runEnds, Column values, int offset = 0)
        : base(values.Type, length)
    {
        RunEnds = runEnds;
        Values = values;
        _offset = offset;
    }

    public BufferSlice RunEnds { get; }

    public Column Values { get; }

    public override ColumnEncoding Encoding => ColumnEncoding.RunEnd;

    public override bool MayHaveNulls => Values.MayHaveNulls;

    public override bool IsNull(int row) => Values.IsNull(RunOf(row));

    public override Column Slice(int offset, int length, MemoryPool pool) => new RunEndColumn(length, RunEnds.Retain(), Values.Retain(), _offset + offset);

    public override Column Flatten(MemoryPool pool)
    {
        using var places = new RowIndexes(Length, pool);
        var span = places.Span;
        var ends = (int*)RunEnds.Pointer;
        var run = Length == 0 ? 0 : RunOf(0);
        for (var row = 0; row < Length; row++)
        {
            if (row + _offset >= ends[run])
            {
                run++;
            }

            span[row] = run;
        }

        return Values.Take(span, pool);
    }

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        using var places = new RowIndexes(rows.Length, pool);
        var span = places.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            span[i] = rows[i] < 0 ? -1 : RunOf(rows[i]);
        }

        return Values.Take(span, pool);
    }

    /// <summary>The managed value of a row.</summary>
    internal object? GetRun(int row) => ColumnValue.Get(Values, RunOf(row));

    private protected override void Free()
    {
        RunEnds.Release();
        Values.Dispose();
    }

    /// <summary>The run, and so the row of <see cref="Values"/>, that a row lies in.</summary>
    public int RunOf(int row)
    {
        var place = new ReadOnlySpan<int>(RunEnds.Pointer, Values.Length).BinarySearch(row + _offset + 1);
        return place >= 0 ? place : ~place;
    }
}
