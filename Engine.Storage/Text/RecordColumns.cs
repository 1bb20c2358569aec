using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Text;

/// <summary>The columns of a batch that is built record by record: which are wanted, which records stay, and their numbers.</summary>
internal sealed class RecordColumns(FileScan scan, MemoryPool pool) : IDisposable
{
    private readonly ColumnBuilder?[] _builders = new ColumnBuilder?[scan.FileSchema.Count];
    private readonly FixedBuilder<long> _numbers = new(DataType.BigInt, pool);
    private readonly List<int> _kept = [];
    private long _recordNumber;

    /// <summary>Records since the last batch, those that will be left out included.</summary>
    public int RowCount { get; private set; }

    /// <summary>Whether a column must be read. Whether a row is left out, or has an error, must not depend on which columns the query asks for.</summary>
    public bool IsWanted(int column) => scan.ErrorsOnly || scan.OnError == OnError.Skip || scan.Projection.Contains(column);

    /// <summary>Hands over the builder of a wanted column.</summary>
    public void Add(int column, ColumnBuilder builder) => _builders[column] = builder;

    /// <summary>Ends a record that every builder got a value of.</summary>
    public void EndRecord(bool isKept)
    {
        _recordNumber++;
        if (scan.WithRowNumbers)
        {
            _numbers.Append(_recordNumber);
        }

        if (isKept)
        {
            _kept.Add(RowCount);
        }

        RowCount++;
    }

    /// <summary>The records since the last batch; null when none of them stays.</summary>
    public Batch? Finish()
    {
        var rowCount = RowCount;
        RowCount = 0;
        var kept = _kept.Count == rowCount ? null : _kept.ToArray();
        _kept.Clear();
        var finished = _builders.Select(builder => builder?.Finish()).ToImmutableArray();
        using var numbers = _numbers.Finish();
        try
        {
            if (scan.ErrorsOnly || kept is { Length: 0 })
            {
                return null;
            }

            var columns = scan.Projection.Select(i => finished[i]!).ToList();
            if (scan.WithRowNumbers)
            {
                columns.Add(numbers);
            }

            return new Batch([.. columns.Select(column => kept is null ? column.Retain() : column.Take(kept, pool))], kept?.Length ?? rowCount);
        }
        finally
        {
            foreach (var column in finished)
            {
                column?.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _numbers.Dispose();
        foreach (var builder in _builders)
        {
            builder?.Dispose();
        }
    }
}
