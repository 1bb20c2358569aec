using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Values;

namespace Engine.Storage.Parquet.Nested;

/// <summary>Reads the values of a leaf.</summary>
/// <param name="pages">Taken over.</param>
/// <param name="pool">For what is read.</param>
/// <param name="keepsEncoding">Whether the column may stay dictionary-encoded; inside of other columns it must be flat.</param>
internal sealed class LeafReader(ChunkPages pages, MemoryPool pool, bool keepsEncoding) : NodeReader
{
    /// <summary>Levels read at once. What is looked ahead is no more than this, since in a list only the next row's begin shows where a row ends.</summary>
    private const int Window = 4096;

    /// <summary>Entries skipped at once.</summary>
    private const int SkipWindow = 1 << 16;

    private readonly NodeLevels _node = pages.Leaf.Levels;
    private readonly LevelBuffer _levels = new(pages.Leaf.Levels, pool);
    private long _row;

    public override LevelBuffer Levels => _levels;

    public override Column Read(int rowCount, CancellationToken cancellationToken)
    {
        var parts = new List<Column>(1);
        try
        {
            ReadParts(rowCount, parts, cancellationToken);
            _row += rowCount;
            using var whole = ColumnJoin.Join(pages.Leaf.Type, parts, pool);
            return keepsEncoding ? whole.Retain() : whole.Flatten(pool);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw pages.Corrupt(problem);
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }
    }

    public override void Skip(long rowCount, CancellationToken cancellationToken)
    {
        var target = _row + rowCount;
        if (pages.TrySkipTo(target, out var firstRow))
        {
            _row = firstRow;
        }

        try
        {
            while (_row < target)
            {
                SkipSome(target - _row, cancellationToken);
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw pages.Corrupt(problem);
        }
    }

    /// <summary>Skips some of the rows: whole pages where possible, values without decoding them where the encoding allows it.</summary>
    private void SkipSome(long rowCount, CancellationToken cancellationToken)
    {
        if (_node.Repetition > 0)
        {
            // Only the levels of all entries tell where rows begin.
            Read((int)Math.Min(Window, rowCount), cancellationToken).Dispose();
            return;
        }

        if (pages.Current is not { EntriesLeft: > 0 } page)
        {
            var passed = pages.PassOver(rowCount, cancellationToken);
            _row += passed;
            if (passed == 0 && pages.HasMore)
            {
                pages.OpenNext(cancellationToken);
            }
            else if (passed == 0)
            {
                throw new InvalidDataException("its pages end before its last row");
            }

            return;
        }

        var count = (int)Math.Min(rowCount, Math.Min(page.EntriesLeft, SkipWindow));
        var rows = 0;
        _levels.StartRows();
        _levels.Append(page, count);
        _levels.TakeRows(ref rows, count);
        var slots = LevelShape.CountSlots(_levels, 0, _node);
        LevelShape.Validity(_levels, 0, _node, slots, pool, out var valueCount).Release();
        page.SkipValues(valueCount);
        _row += count;
    }

    public override void Dispose()
    {
        _levels.Dispose();
        pages.Dispose();
        base.Dispose();
    }

    /// <summary>Reads the rows, which may go on from page to page: a part for each page.</summary>
    private void ReadParts(int rowCount, List<Column> parts, CancellationToken cancellationToken)
    {
        _levels.StartRows();
        var (rows, start) = (0, 0);
        while (!_levels.TakeRows(ref rows, rowCount))
        {
            if (pages.Current is not { EntriesLeft: > 0 })
            {
                AddPart(ref start, parts);
                if (!pages.HasMore)
                {
                    break;
                }

                pages.OpenNext(cancellationToken);
            }

            var left = pages.Current!.EntriesLeft;
            _levels.Append(pages.Current, Math.Min(left, _node.Repetition == 0 ? rowCount - rows : Window));
        }

        AddPart(ref start, parts);
        if (rows < rowCount)
        {
            throw new InvalidDataException("its pages end before its last row");
        }
    }

    /// <summary>Reads the values of the entries taken in since the last part, all of which lie in the current page.</summary>
    private void AddPart(ref int start, List<Column> parts)
    {
        if (_levels.Count > start)
        {
            var slots = LevelShape.CountSlots(_levels, start, _node);
            var validity = LevelShape.Validity(_levels, start, _node, slots, pool, out var valueCount);
            parts.Add(pages.Current!.ReadValues(slots, valueCount, validity));
            start = _levels.Count;
        }
    }
}
