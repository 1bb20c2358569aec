using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Memory;

/// <summary>The values that the rows of a table have in the columns of a key. Kept in managed memory, beside the rows.</summary>
internal sealed class KeyIndex(UniqueKey key, Schema columns)
{
    private HashSet<object?[]> _values = new(KeyComparer.Instance);

    /// <summary>The values with some more rows; what is kept here stays as it is until <see cref="Keep"/>.</summary>
    /// <exception cref="QueryException">23505 when a row has the key of another one.</exception>
    public HashSet<object?[]> With(IEnumerable<Batch> rows) => Add(rows, new HashSet<object?[]>(KeyComparer.Instance), _values);

    /// <summary>The values of rows that are all there are, in batches of which some rows are left out.</summary>
    /// <exception cref="QueryException">23505 when a row has the key of another one.</exception>
    public HashSet<object?[]> Of(IEnumerable<(Batch Batch, Func<int, bool> IsLeftOut)> before, IEnumerable<Batch> rows)
    {
        var values = new HashSet<object?[]>(KeyComparer.Instance);
        foreach (var (batch, isLeftOut) in before)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                if (!isLeftOut(row) && ValuesOf(batch, row) is { } kept)
                {
                    values.Add(kept);
                }
            }
        }

        return Add(rows, values, []);
    }

    /// <summary>Takes the values of <see cref="With"/> in.</summary>
    public void Keep(HashSet<object?[]> more) => _values.UnionWith(more);

    /// <summary>Forgets what was for the values of <see cref="Of"/>.</summary>
    public void Replace(HashSet<object?[]> values) => _values = values;

    private HashSet<object?[]> Add(IEnumerable<Batch> rows, HashSet<object?[]> values, HashSet<object?[]> others)
    {
        foreach (var batch in rows)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                if (ValuesOf(batch, row) is { } added && (others.Contains(added) || !values.Add(added)))
                {
                    throw Violated(batch, row);
                }
            }
        }

        return values;
    }

    /// <summary>Null where one of them is NULL.</summary>
    private object?[]? ValuesOf(Batch batch, int row)
    {
        var values = new object?[key.Columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var column = batch[key.Columns[i]];
            if (column.IsNull(row))
            {
                return null;
            }

            // Values of these types are compared by what they hold, which their text says.
            values[i] = column.Type.IsNested || column.Type.Kind == TypeKind.Varbinary ? ColumnText.ToString(column, row) : ColumnValue.Get(column, row);
        }

        return values;
    }

    private QueryException Violated(Batch batch, int row)
    {
        var names = string.Join(", ", key.Columns.Select(column => columns[column].Name));
        var values = string.Join(", ", key.Columns.Select(column => ColumnText.ToString(batch[column], row)));
        return new QueryException(ErrorCodes.UniqueViolation, $"duplicate key value violates unique constraint \"{key.Name}\": key ({names})=({values}) already exists");
    }

    private sealed class KeyComparer : IEqualityComparer<object?[]>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(object?[]? left, object?[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(object?[] values)
        {
            var hash = default(HashCode);
            foreach (var value in values)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
