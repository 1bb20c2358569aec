using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Pages;

namespace Engine.Storage.Parquet.Nested;

/// <summary>The levels of a leaf's entries, a byte each: first those of the rows read last, behind them those that were looked ahead at.</summary>
internal sealed unsafe class LevelBuffer(NodeLevels leaf, MemoryPool pool) : IDisposable
{
    private readonly GrowingBuffer _definitions = new(pool, "definition levels");
    private readonly GrowingBuffer _repetitions = new(pool, "repetition levels");
    private int _count;

    /// <summary>Entries of the rows read last.</summary>
    public int Count { get; private set; }

    public byte* Definitions => _definitions.Pointer;

    /// <summary>Null where the leaf is in no list.</summary>
    public byte* Repetitions => leaf.Repetition == 0 ? null : _repetitions.Pointer;

    /// <summary>Forgets the rows read last.</summary>
    public void StartRows()
    {
        var ahead = _count - Count;
        if (ahead > 0 && Count > 0)
        {
            Buffer.MemoryCopy(Definitions + Count, Definitions, ahead, ahead);
            if (Repetitions != null)
            {
                Buffer.MemoryCopy(Repetitions + Count, Repetitions, ahead, ahead);
            }
        }

        _count = ahead;
        Count = 0;
    }

    /// <summary>Reads the levels of more entries.</summary>
    public void Append(DataPage page, int count)
    {
        if (count > int.MaxValue - _count)
        {
            throw new QueryException(ErrorCodes.ProgramLimitExceeded, "rows that are read together have more than 2,147,483,647 items");
        }

        _definitions.Ensure((long)_count + count, _count);
        if (leaf.Repetition > 0)
        {
            _repetitions.Ensure((long)_count + count, _count);
        }

        page.ReadLevels(Definitions + _count, Repetitions == null ? null : Repetitions + _count, count);
        _count += count;
    }

    /// <summary>Takes entries in until so many rows have begun and the next one begins, or the entries known are used up.</summary>
    /// <param name="rowsBegun">Rows that have begun among the entries taken in so far; brought up to date.</param>
    /// <param name="rowCount">Rows wanted.</param>
    /// <returns>Whether the next row begins.</returns>
    public bool TakeRows(ref int rowsBegun, int rowCount)
    {
        if (Repetitions == null)
        {
            var taken = Math.Min(_count - Count, rowCount - rowsBegun);
            rowsBegun += taken;
            Count += taken;
            return rowsBegun == rowCount;
        }

        for (; Count < _count; Count++)
        {
            if (Repetitions[Count] != 0)
            {
                if (rowsBegun == 0)
                {
                    throw new InvalidDataException("its first entry goes on with a row that never began");
                }
            }
            else if (rowsBegun++ == rowCount)
            {
                rowsBegun--;
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _definitions.Dispose();
        _repetitions.Dispose();
    }
}
