using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Expressions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Join;

/// <summary>
/// The right input of a join, kept by columns, with a table of its distinct keys and, for each, the chain of its rows. Rows with a NULL key stay
/// outside the table: they match nothing.
/// </summary>
internal sealed unsafe class BuildSide(ImmutableArray<Expression> keys, Schema schema, bool tracksMatches, QueryContext execution) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Part> _parts = [];
    private KeyTable? _table;

    /// <summary>By key number: the first row of its chain.</summary>
    private readonly GrowingBuffer _firstRow = new(execution.Pool, "join chains");

    /// <summary>By row: the next of its chain, -1 at the end.</summary>
    private readonly GrowingBuffer _nextRow = new(execution.Pool, "join chains");

    /// <summary>By row: whether it found a match, where that is asked for.</summary>
    private readonly GrowingBuffer _isMatched = new(execution.Pool, "join matches");

    /// <summary>The columns of all rows.</summary>
    public ImmutableArray<Column> Columns { get; private set; } = [];

    public int RowCount { get; private set; }

    /// <summary>Whether some row has a NULL among its keys.</summary>
    public bool HasNullKey { get; private set; }

    public IBatchSink CreateSink() => new Sink(this, execution);

    /// <summary>Puts the rows of all pieces together, in the order of the input, and builds the table.</summary>
    public void Finish()
    {
        using var all = new Part(0, schema, keys, execution.Pool);
        foreach (var part in _parts.OrderBy(part => part.Morsel))
        {
            part.MoveTo(all);
        }

        RowCount = all.Rows.Count;
        Columns = all.Rows.Finish();
        if (tracksMatches)
        {
            _isMatched.Ensure(RowCount, 0);
            new Span<byte>(_isMatched.Pointer, RowCount).Clear();
        }

        if (!keys.IsEmpty)
        {
            var keyRows = new Batch(all.Keys.Finish(), RowCount);
            using (keyRows)
            {
                BuildTable(keyRows);
            }
        }
    }

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

    /// <summary>Remembers that a row found a match. Several drivers may do so at once: they all write the same.</summary>
    public void MarkMatched(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            _isMatched.Pointer[row] = 1;
        }
    }

    /// <summary>The rows that found no match.</summary>
    public int[] UnmatchedRows() => [.. Enumerable.Range(0, RowCount).Where(row => _isMatched.Pointer[row] == 0)];

    public void Dispose()
    {
        _parts.ForEach(part => part.Dispose());

        foreach (var column in Columns)
        {
            column.Dispose();
        }

        _table?.Dispose();
        _firstRow.Dispose();
        _nextRow.Dispose();
        _isMatched.Dispose();
    }

    private Part AddPart(int morsel)
    {
        var part = new Part(morsel, schema, keys, execution.Pool);
        lock (_lock)
        {
            _parts.Add(part);
        }

        return part;
    }

    private void BuildTable(Batch keyRows)
    {
        using var encoder = new KeyEncoder([.. keys.Select(key => new KeyColumn(key.Type))], execution.Pool);
        _table = new KeyTable(encoder.FixedWidth, execution.Pool);
        _nextRow.Ensure(RowCount * (long)sizeof(int), 0);
        var nextRow = (int*)_nextRow.Pointer;
        var keyCount = 0;
        var newRows = new List<int>();

        // From the last row to the first, as each row goes to the head of its chain.
        for (var end = RowCount; end > 0; end -= Batch.DefaultRowCount)
        {
            var start = Math.Max(0, end - Batch.DefaultRowCount);
            var count = end - start;
            using var part = keyRows.Slice(start, count, execution.Pool);
            var valid = JoinKeys.RowsWithoutNull(part);
            HasNullKey |= valid.Length < count;
            using var usable = new Batch([.. part.Columns.Select(column => column.Take(valid, execution.Pool))], valid.Length);
            using var groups = new RowIndexes(valid.Length, execution.Pool);
            newRows.Clear();
            _table.FindOrAdd(encoder.Encode(usable.Columns.AsSpan(), valid.Length), groups.Span, newRows);
            _firstRow.Ensure(_table.Count * (long)sizeof(int), keyCount * (long)sizeof(int));
            var firstRow = (int*)_firstRow.Pointer;
            new Span<int>(firstRow + keyCount, _table.Count - keyCount).Fill(-1);
            keyCount = _table.Count;
            for (var i = valid.Length - 1; i >= 0; i--)
            {
                var row = start + valid[i];
                nextRow[row] = firstRow[groups.Span[i]];
                firstRow[groups.Span[i]] = row;
            }
        }
    }

    /// <summary>The rows of one piece of the input, with their keys.</summary>
    private sealed class Part(int morsel, Schema schema, ImmutableArray<Expression> keys, MemoryPool pool) : IDisposable
    {
        public int Morsel => morsel;

        public RowStore Rows { get; } = new(schema.Select(field => field.Type), pool);

        public RowStore Keys { get; } = new(keys.Select(key => key.Type), pool);

        public void MoveTo(Part other)
        {
            Move(Rows, other.Rows);
            Move(Keys, other.Keys);
        }

        public void Dispose()
        {
            Rows.Dispose();
            Keys.Dispose();
        }

        private static void Move(RowStore from, RowStore to)
        {
            var count = from.Count;
            using var part = new Batch(from.Finish(), count);
            to.Append(part.Columns.AsSpan(), count);
        }
    }

    private ImmutableArray<Expression> Keys => keys;

    private sealed class Sink(BuildSide build, QueryContext execution) : CollectingSink(execution.Pool)
    {
        private readonly ImmutableArray<Evaluator> _keys = [.. build.Keys.Select(execution.Compiler.Compile)];
        private Part? _part;

        public override void BeginMorsel(int morsel) => _part = build.AddPart(morsel);

        protected override void Add(Batch batch)
        {
            using var keys = new Batch([.. _keys.Select(key => key.Evaluate(execution.Evaluation, batch))], batch.RowCount);
            _part!.Rows.Append(batch.Columns.AsSpan(), batch.RowCount);
            _part.Keys.Append(keys.Columns.AsSpan(), batch.RowCount);
        }

        public override void Dispose()
        {
            base.Dispose();
            foreach (var evaluator in _keys)
            {
                evaluator.Dispose();
            }
        }
    }
}
