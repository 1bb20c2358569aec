using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Operators.Join;

/// <summary>Rows of a build side with their keys: those of one piece of the input, or of one partition.</summary>
internal sealed class BuildPart(int morsel, IEnumerable<DataType> types, IEnumerable<DataType> keyTypes, MemoryPool pool) : IDisposable
{
    public int Morsel => morsel;

    public RowStore Rows { get; } = new(types, pool);

    public RowStore Keys { get; } = new(keyTypes, pool);

    /// <summary>Appends rows; the columns stay the caller's.</summary>
    public void Append(ReadOnlySpan<Column> columns, ReadOnlySpan<Column> keys, int rowCount)
    {
        Rows.Append(columns, rowCount);
        Keys.Append(keys, rowCount);
    }

    /// <summary>All rows, the keys behind the columns; none are left.</summary>
    public Batch Take()
    {
        var count = Rows.Count;
        return new Batch([.. Rows.Finish(), .. Keys.Finish()], count);
    }

    public void Dispose()
    {
        Rows.Dispose();
        Keys.Dispose();
    }
}
