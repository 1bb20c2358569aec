using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Exec.Kernels;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Window;

/// <summary>Reads sorted rows, some whole partitions at a time, and computes the calls of a window for them.</summary>
internal sealed class WindowSource(WindowNode node, IBatchSource rows, QueryContext execution) : IBatchSource
{
    /// <summary>Partitions are gathered up to about this many rows; a larger partition is one piece.</summary>
    private const int ChunkRows = 1 << 15;

    private readonly RowStore _store = new(node.Input.Output.Select(field => field.Type), execution.Pool);
    private Batch? _rest;
    private Batch? _computed;
    private int _next;
    private bool _isAtEnd;

    public Batch? Next(CancellationToken cancellationToken)
    {
        if (_computed is null || _next == _computed.RowCount)
        {
            _computed?.Dispose();
            _computed = null;
            if (Gather(cancellationToken) is not { } chunk)
            {
                return null;
            }

            using (chunk)
            {
                _computed = new Batch([.. chunk.Columns.Take(node.KeptColumns).Select(column => column.Retain()), .. Compute(chunk, cancellationToken)], chunk.RowCount);
            }

            _next = 0;
        }

        var count = Math.Min(execution.Options.BatchRowCount, _computed.RowCount - _next);
        _next += count;
        return _computed.Slice(_next - count, count, execution.Pool);
    }

    public void Dispose()
    {
        rows.Dispose();
        _store.Dispose();
        _rest?.Dispose();
        _computed?.Dispose();
    }

    private ImmutableArray<Column> Compute(Batch chunk, CancellationToken cancellationToken)
    {
        var window = new WindowRows(node, chunk);
        var results = ImmutableArray.CreateBuilder<Column>();
        try
        {
            foreach (var call in node.Calls)
            {
                cancellationToken.ThrowIfCancellationRequested();
                results.Add(execution.Functions.FindWindow(call.Function) is { } function
                    ? WindowValues.Compute(function.Kind, call, window, execution)
                    : FrameAggregate.Compute(call, window, execution, cancellationToken));
            }

            return results.ToImmutable();
        }
        catch
        {
            foreach (var result in results)
            {
                result.Dispose();
            }

            throw;
        }
    }

    /// <summary>The next rows up to the end of a partition; null when there are no more.</summary>
    private Batch? Gather(CancellationToken cancellationToken)
    {
        var wanted = ChunkRows;
        while (true)
        {
            if (_rest is { } rest)
            {
                _rest = null;
                using (rest)
                {
                    _store.Append(rest.Columns.AsSpan(), rest.RowCount);
                }
            }

            while (_store.Count < wanted && !_isAtEnd)
            {
                using var batch = rows.Next(cancellationToken);
                if (batch is null)
                {
                    _isAtEnd = true;
                }
                else
                {
                    _store.Append(batch.Columns.AsSpan(), batch.RowCount);
                }
            }

            var count = _store.Count;
            if (count == 0)
            {
                return null;
            }

            var chunk = new Batch(_store.Finish(), count);
            if (_isAtEnd)
            {
                return chunk;
            }

            var end = LastPartition(chunk);
            if (end == 0)
            {
                // One partition so far: twice as many rows, so that each is copied a few times only.
                _rest = chunk;
                wanted = checked(wanted * 2);
                continue;
            }

            using (chunk)
            {
                _rest = chunk.Slice(end, count - end, execution.Pool);
                return chunk.Slice(0, end, execution.Pool);
            }
        }
    }

    /// <summary>Where the last partition begins.</summary>
    private int LastPartition(Batch chunk)
    {
        var row = chunk.RowCount - 1;
        while (row > 0 && node.PartitionBy.All(column => ValueComparison.CompareNullable(chunk[column], row, chunk[column], row - 1) == 0))
        {
            row--;
        }

        return row;
    }
}
