using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Storage.Compression;
using Engine.Storage.Connectors;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>The rows of an inspection of one file as batches of the columns asked for, and a last one of row numbers where that is asked for too.</summary>
internal sealed class InspectionSource<TRow>(
    InspectedFile file,
    ImmutableArray<InspectionColumn<TRow>> columns,
    Func<InspectedFile, CancellationToken, IEnumerable<TRow>> rows,
    bool withRowNumbers,
    ScanContext context) : IBatchSource
{
    private readonly ImmutableArray<ColumnBuilder> _builders = [.. columns.Select(column => ColumnBuilder.Create(column.Type, context.Pool))];
    private IEnumerator<TRow>? _rows;
    private long _rowsDone;

    public Batch? Next(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            _rows ??= rows(file, cancellationToken).GetEnumerator();
            for (; count < context.BatchRowCount && _rows.MoveNext(); count++)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    _builders[i].AppendValue(columns[i].Value(_rows.Current));
                }
            }
        }
        catch (InvalidDataException problem)
        {
            throw CorruptData.In(file.Footer.Path, problem.Message, problem);
        }

        if (count == 0)
        {
            return null;
        }

        var batch = ImmutableArray.CreateBuilder<Column>(columns.Length + 1);
        batch.AddRange(_builders.Select(builder => builder.Finish()));
        if (withRowNumbers)
        {
            batch.Add(RowNumbers.Create(_rowsDone + 1, count, context.Pool));
        }

        _rowsDone += count;
        context.Metrics.AddRows(count);
        return new Batch(batch.ToImmutable(), count);
    }

    public void Dispose()
    {
        _rows?.Dispose();
        foreach (var builder in _builders)
        {
            builder.Dispose();
        }

        file.Reader.Dispose();
    }
}
