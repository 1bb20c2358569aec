using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>Takes the rows that a statement makes for a table, checks each, and keeps them until all are there: a table gets all rows or none.</summary>
internal sealed class WrittenRows(MemoryTable table, IMemoryTables tables) : IDisposable
{
    private const int MaxBatchRows = 1 << 16;

    private readonly RowStore _rows = new(table.Columns.Select(column => column.Type), tables.Pool);
    private readonly List<Batch> _batches = [];

    public long Count { get; private set; }

    /// <summary>Reads a result to its end.</summary>
    /// <param name="result">Some columns of its own, then the table's, then a boolean for each check.</param>
    /// <param name="firstColumn">How many come before the table's.</param>
    /// <param name="isNew">Says of a batch which of its rows are taken in; null for all.</param>
    public void TakeAll(StatementResult result, int firstColumn = 0, Func<Batch, IReadOnlyList<int>>? isNew = null)
    {
        while (result.Next() is { } batch)
        {
            Take(batch, firstColumn, isNew);
        }
    }

    /// <summary>Takes a batch; else as <see cref="TakeAll"/>.</summary>
    public void Take(Batch batch, int firstColumn = 0, Func<Batch, IReadOnlyList<int>>? isNew = null)
    {
        using var rows = batch.Compact(tables.Pool);
        var columns = rows.Columns.Skip(firstColumn).Take(table.Columns.Length).ToImmutableArray();
        for (var i = 0; i < columns.Length; i++)
        {
            Check(table.Columns[i], columns[i]);
        }

        foreach (var (check, verdict) in table.Checks.Zip(rows.Columns.Skip(firstColumn + columns.Length)))
        {
            Check(check, verdict);
        }

        var places = isNew?.Invoke(rows).ToArray() ?? [.. Enumerable.Range(0, rows.RowCount)];
        _rows.Append(columns.AsSpan(), places);
        Count += places.Length;
        if (_rows.Count >= MaxBatchRows)
        {
            Finish();
        }
    }

    /// <summary>The rows, which are the caller's from now on.</summary>
    public IReadOnlyList<Batch> Release()
    {
        Finish();
        ImmutableArray<Batch> released = [.. _batches];
        _batches.Clear();
        return released;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _batches.ForEach(batch => batch.Dispose());
    }

    private void Finish()
    {
        if (_rows.Count > 0)
        {
            var count = _rows.Count;
            _batches.Add(new Batch(_rows.Finish(), count));
        }
    }

    private void Check(TableColumn column, Column values)
    {
        if (!column.IsNullable && values.MayHaveNulls && Enumerable.Range(0, values.Length).Any(values.IsNull))
        {
            throw new QueryException(
                ErrorCodes.NotNullViolation, $"null value in column \"{column.Name}\" of relation \"{table.Name}\" violates not-null constraint");
        }

        if (column.MaxLength is not { } maxLength || column.Type.Kind != TypeKind.Varchar)
        {
            return;
        }

        using var texts = (TextColumn)values.Flatten(tables.Pool);
        for (var row = 0; row < texts.Length; row++)
        {
            if (!texts.IsNull(row) && texts.Bytes(row).Length > maxLength && CharacterCount(texts.Bytes(row).TrimEnd((byte)' ')) > maxLength)
            {
                throw new QueryException(
                    ErrorCodes.StringDataRightTruncation,
                    $"value too long for type character varying({maxLength}): \"{texts.Text(row)}\" in column \"{column.Name}\"");
            }
        }
    }

    /// <summary>Code points: every byte of UTF-8 but those that continue one.</summary>
    private static int CharacterCount(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var value in text)
        {
            count += (value & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private void Check(TableCheck check, Column verdict)
    {
        using var flat = (BooleanColumn)verdict.Flatten(tables.Pool);
        if (Enumerable.Range(0, flat.Length).Any(row => !flat.IsNull(row) && !flat[row]))
        {
            throw new QueryException(ErrorCodes.CheckViolation, $"new row for relation \"{table.Name}\" violates check constraint \"{check.Name}\"");
        }
    }
}
