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
internal sealed class BuildSide(ImmutableArray<Expression> keys, Schema schema, bool tracksMatches, QueryContext execution) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(RowStore Rows, RowStore Keys)> _parts = [];
    private KeyTable? _table;
    private int[] _firstRow = [];
    private int[] _nextRow = [];
    private byte[] _isMatched = [];

    /// <summary>The columns of all rows.</summary>
    public ImmutableArray<Column> Columns { get; private set; } = [];

    public int RowCount { get; private set; }

    /// <summary>Whether some row has a NULL among its keys.</summary>
    public bool HasNullKey { get; private set; }

    public IBatchSink CreateSink()
    {
        var part = (new RowStore(schema.Select(field => field.Type), execution.Pool), new RowStore(keys.Select(key => key.Type), execution.Pool));
        lock (_lock)
        {
            _parts.Add(part);
        }

        return new Sink(part.Item1, part.Item2, [.. keys.Select(execution.Compiler.Compile)], execution);
    }

    /// <summary>Puts the rows of all drivers together and builds the table.</summary>
    public void Finish()
    {
        using var rows = new RowStore(schema.Select(field => field.Type), execution.Pool);
        using var allKeys = new RowStore(keys.Select(key => key.Type), execution.Pool);
        foreach (var (partRows, partKeys) in _parts)
        {
            Move(partRows, rows);
            Move(partKeys, allKeys);
        }

        RowCount = _parts.Count == 0 ? 0 : rows.Count;
        Columns = rows.Finish();
        _isMatched = tracksMatches ? new byte[RowCount] : [];
        if (!keys.IsEmpty)
        {
            var keyRows = new Batch(allKeys.Finish(), RowCount);
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
            rows[i] = rows[i] < 0 ? -1 : _firstRow[rows[i]];
        }
    }

    /// <summary>The next row with the same key, -1 at the end.</summary>
    public int Next(int row) => _nextRow[row];

    /// <summary>Remembers that a row found a match. Several drivers may do so at once: they all write the same.</summary>
    public void MarkMatched(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            _isMatched[row] = 1;
        }
    }

    /// <summary>The rows that found no match.</summary>
    public int[] UnmatchedRows() => [.. Enumerable.Range(0, RowCount).Where(row => _isMatched[row] == 0)];

    public void Dispose()
    {
        foreach (var (rows, keyRows) in _parts)
        {
            rows.Dispose();
            keyRows.Dispose();
        }

        foreach (var column in Columns)
        {
            column.Dispose();
        }

        _table?.Dispose();
    }

    private static void Move(RowStore from, RowStore to)
    {
        var count = from.Count;
        using var part = new Batch(from.Finish(), count);
        to.Append([.. part.Columns], count);
    }

    private void BuildTable(Batch keyRows)
    {
        using var encoder = new KeyEncoder([.. keys.Select(key => new KeyColumn(key.Type))], execution.Pool);
        _table = new KeyTable(encoder.FixedWidth, execution.Pool);
        _nextRow = new int[RowCount];
        var firstRow = new List<int>();
        var newRows = new List<int>();
        for (var start = 0; start < RowCount; start += Batch.DefaultRowCount)
        {
            var count = Math.Min(Batch.DefaultRowCount, RowCount - start);
            using var part = keyRows.Slice(start, count, execution.Pool);
            var valid = JoinKeys.RowsWithoutNull(part);
            HasNullKey |= valid.Length < count;
            using var usable = new Batch([.. part.Columns.Select(column => column.Take(valid, execution.Pool))], valid.Length);
            var groups = new int[valid.Length];
            newRows.Clear();
            _table.FindOrAdd(encoder.Encode([.. usable.Columns], valid.Length), groups, newRows);
            for (var i = 0; i < valid.Length; i++)
            {
                var row = start + valid[i];
                if (groups[i] == firstRow.Count)
                {
                    firstRow.Add(-1);
                }

                _nextRow[row] = firstRow[groups[i]];
                firstRow[groups[i]] = row;
            }
        }

        _firstRow = [.. firstRow];
    }

    private sealed class Sink(RowStore rows, RowStore keyRows, ImmutableArray<Evaluator> evaluators, QueryContext execution) : CollectingSink(execution.Pool)
    {
        protected override void Add(Batch batch)
        {
            using var keys = new Batch([.. evaluators.Select(key => key.Evaluate(execution.Evaluation, batch))], batch.RowCount);
            rows.Append([.. batch.Columns], batch.RowCount);
            keyRows.Append([.. keys.Columns], batch.RowCount);
        }

        public override void Dispose()
        {
            base.Dispose();
            foreach (var evaluator in evaluators)
            {
                evaluator.Dispose();
            }
        }
    }
}
