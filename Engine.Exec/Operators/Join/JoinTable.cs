using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Exec.Keys;

namespace Engine.Exec.Operators.Join;

/// <summary>What of a build side goes beyond a partition of it.</summary>
/// <param name="IsEmpty">Whether it has no rows at all.</param>
/// <param name="HasNullKey">Whether some row has a NULL among its keys.</param>
internal sealed record BuildFacts(bool IsEmpty, bool HasNullKey);

/// <summary>
/// The rows of a build side by columns, with a table of their distinct keys and, for each, the chain of its rows, in their order. Rows that match nothing for a NULL
/// stay outside the table. Without keys there is no table.
/// </summary>
internal sealed unsafe class JoinTable : IDisposable
{
    private readonly MemoryPool _pool;
    private readonly KeyTable? _table;
    private readonly JoinKeys _nulls;

    /// <summary>By key number: the first row of its chain.</summary>
    private readonly GrowingBuffer _firstRow;

    /// <summary>By row: the next of its chain, -1 at the end.</summary>
    private readonly GrowingBuffer _nextRow;

    /// <summary>By row: whether it found a match, where that is asked for.</summary>
    private readonly GrowingBuffer _isMatched;

    /// <param name="part">All rows; they are taken out of it.</param>
    /// <param name="facts">Of the whole build side.</param>
    /// <param name="keys">One for each column of the keys; none when every row is a candidate.</param>
    /// <param name="nulls">Which of the rows can match.</param>
    /// <param name="tracksMatches">Whether rows that find no match will be asked for.</param>
    /// <param name="pool">Holds the rows and the table.</param>
    public JoinTable(BuildPart part, BuildFacts facts, ImmutableArray<KeyColumn> keys, JoinKeys nulls, bool tracksMatches, MemoryPool pool)
    {
        _pool = pool;
        _nulls = nulls;
        _firstRow = new GrowingBuffer(pool, "join chains");
        _nextRow = new GrowingBuffer(pool, "join chains");
        _isMatched = new GrowingBuffer(pool, "join matches");
        Facts = facts;
        RowCount = part.Rows.Count;
        Columns = part.Rows.Finish();
        if (tracksMatches)
        {
            _isMatched.Ensure(RowCount, 0);
            new Span<byte>(_isMatched.Pointer, RowCount).Clear();
        }

        if (!keys.IsEmpty)
        {
            using var encoder = new KeyEncoder(keys, pool);
            using var keyRows = new Batch(part.Keys.Finish(), RowCount);
            _table = new KeyTable(encoder.FixedWidth, pool);
            Fill(_table, encoder, keyRows);
        }
    }

    /// <summary>The columns of all rows.</summary>
    public ImmutableArray<Column> Columns { get; }

    public int RowCount { get; }

    public BuildFacts Facts { get; }

    /// <summary>The first row for each key, -1 for none.</summary>
    public void Find(in EncodedKeys probeKeys, Span<int> rows)
    {
        _table!.Find(probeKeys, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = rows[i] < 0 ? -1 : ((int*)_firstRow.Pointer)[rows[i]];
        }
    }

    /// <summary>The next row with the same key, -1 at the end.</summary>
    public int Next(int row) => ((int*)_nextRow.Pointer)[row];

    /// <summary>Remembers that rows found a match. Several drivers may do so at once: they all write the same.</summary>
    public void MarkMatched(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            _isMatched.Pointer[row] = 1;
        }
    }

    /// <summary>The first rows from <paramref name="start"/> on that found no match.</summary>
    /// <returns>Where to go on; <see cref="RowCount"/> at the end.</returns>
    public int FindUnmatched(int start, Span<int> rows, out int count)
    {
        count = 0;
        while (start < RowCount && count < rows.Length)
        {
            if (_isMatched.Pointer[start] == 0)
            {
                rows[count++] = start;
            }

            start++;
        }

        return start;
    }

    public void Dispose()
    {
        foreach (var column in Columns)
        {
            column.Dispose();
        }

        _table?.Dispose();
        _firstRow.Dispose();
        _nextRow.Dispose();
        _isMatched.Dispose();
    }

    private void Fill(KeyTable table, KeyEncoder encoder, Batch keyRows)
    {
        _nextRow.Ensure(RowCount * (long)sizeof(int), 0);
        var nextRow = (int*)_nextRow.Pointer;
        var keyCount = 0;
        var newRows = new List<int>();

        // From the last row to the first, as each row goes to the head of its chain.
        for (var end = RowCount; end > 0; end -= Batch.DefaultRowCount)
        {
            var start = Math.Max(0, end - Batch.DefaultRowCount);
            using var part = keyRows.Slice(start, end - start, _pool);
            var valid = _nulls.RowsWithoutNull(part);
            using var usable = new Batch(part.TakeColumns(valid, _pool), valid.Length);
            using var groups = new RowIndexes(valid.Length, _pool);
            newRows.Clear();
            table.FindOrAdd(encoder.Encode(usable.Columns.AsSpan(), valid.Length), groups.Span, newRows);
            _firstRow.Ensure(table.Count * (long)sizeof(int), keyCount * (long)sizeof(int));
            var firstRow = (int*)_firstRow.Pointer;
            new Span<int>(firstRow + keyCount, table.Count - keyCount).Fill(-1);
            keyCount = table.Count;
            for (var i = valid.Length - 1; i >= 0; i--)
            {
                var row = start + valid[i];
                nextRow[row] = firstRow[groups.Span[i]];
                firstRow[groups.Span[i]] = row;
            }
        }
    }
}
