using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Storage.Connectors;

namespace Engine.Storage.Parquet;

/// <summary>
/// Reads slices of a row group's rows: first the columns of the conditions, one condition after the other as long as rows are left, then of the other
/// columns what lies between the first and the last row left.
/// </summary>
internal sealed class SliceReader(FileScan scan, ScanContext context) : IDisposable
{
    private readonly ImmutableArray<(ImmutableArray<int> Columns, IRowTest Test, FilterMetrics Metrics)> _tests =
    [
        .. scan.RuntimeConstraints.Select(constraint => (ImmutableArray.Create(constraint.Column), constraint.CreateTest(), context.Metrics.Of(constraint))),
        .. scan.Conditions.Select(condition => (condition.Columns, condition.CreateTest(), context.Metrics.Of(condition))),
    ];

    /// <summary>Columns of the slice at hand that the conditions have looked at, by their place in the table's schema.</summary>
    private readonly Dictionary<int, Column> _read = [];

    /// <summary>The rows of the slice that meet the conditions; null when there is none.</summary>
    /// <param name="group">The open row group.</param>
    /// <param name="row">The first row of the slice in the group.</param>
    /// <param name="count">Rows of the slice.</param>
    /// <param name="firstNumber">The number of the first row in the file, from 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Batch? Read(GroupReader group, long row, int count, long firstNumber, CancellationToken cancellationToken)
    {
        try
        {
            using var selected = Select(group, row, count, cancellationToken);
            return selected is { Count: 0 } ? null : ReadSelected(group, row, count, firstNumber, selected, cancellationToken);
        }
        finally
        {
            foreach (var column in _read.Values)
            {
                column.Dispose();
            }

            _read.Clear();
        }
    }

    public void Dispose()
    {
        foreach (var (_, test, _) in _tests)
        {
            test.Dispose();
        }
    }

    /// <summary>The rows that meet all conditions; null when there are no conditions.</summary>
    private Selection? Select(GroupReader group, long row, int count, CancellationToken cancellationToken)
    {
        Selection? selected = null;
        try
        {
            foreach (var (columns, test, metrics) in _tests)
            {
                if (selected is { Count: 0 })
                {
                    break;
                }

                using var batch = new Batch([.. columns.Select(column => Known(group, column, row, count, cancellationToken).Retain())], count);
                var found = test.Select(batch);
                var tested = selected?.Count ?? count;
                selected = selected is null ? found : selected.Intersect(found);
                metrics.AddRows(tested, selected.Count);
            }

            return selected;
        }
        catch
        {
            selected?.Dispose();
            throw;
        }
    }

    /// <summary>A whole column of the slice, read once.</summary>
    private Column Known(GroupReader group, int column, long row, int count, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue(column, out var known))
        {
            known = group.Read(column, row, count, cancellationToken);
            _read.Add(column, known);
        }

        return known;
    }

    private Batch ReadSelected(GroupReader group, long row, int count, long firstNumber, Selection? selected, CancellationToken cancellationToken)
    {
        var isWhole = selected is null || selected.Count == count;
        var (first, end) = isWhole ? (0, count) : (selected!.Rows[0], selected.Rows[^1] + 1);
        using var places = isWhole ? null : Places(selected!.Rows, first);
        var columns = new List<Column>(scan.Projection.Length + 1);
        try
        {
            foreach (var column in scan.Projection)
            {
                columns.Add(_read.TryGetValue(column, out var known)
                    ? isWhole ? known.Retain() : known.Take(selected!.Rows, context.Pool)
                    : Take(group.Read(column, row + first, end - first, cancellationToken), places));
            }

            if (scan.WithRowNumbers)
            {
                columns.Add(Take(RowNumbers.Create(firstNumber + first, end - first, context.Pool), places));
            }

            return new Batch([.. columns], isWhole ? count : selected!.Count);
        }
        catch
        {
            columns.ForEach(column => column.Dispose());
            throw;
        }
    }

    /// <summary>The selected rows counted from the first of them.</summary>
    private RowIndexes Places(ReadOnlySpan<int> rows, int first)
    {
        var places = new RowIndexes(rows.Length, context.Pool);
        for (var i = 0; i < rows.Length; i++)
        {
            places.Span[i] = rows[i] - first;
        }

        return places;
    }

    /// <summary>The rows of the column at the places, or all; the column is used up.</summary>
    private Column Take(Column column, RowIndexes? places)
    {
        if (places is null || places.Count == column.Length)
        {
            return column;
        }

        using (column)
        {
            return column.Take(places.Span, context.Pool);
        }
    }
}
