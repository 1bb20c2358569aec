using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;

namespace Engine.Exec.Functions.Nested;

/// <summary>Writes one row of a map of texts entry by entry.</summary>
/// <param name="result">Builds a column of map(varchar, varchar).</param>
/// <param name="refusesDuplicates">Whether a key that comes twice is an error; else the first stays.</param>
internal sealed class TextMapWriter(ListBuilder result, bool refusesDuplicates = false)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly StructBuilder _entries = (StructBuilder)result.Items;

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!TryAddKey(key))
        {
            return;
        }

        ((TextBuilder)_entries.Fields[1]).Append(value);
        _entries.EndRow();
    }

    public void AddNull(ReadOnlySpan<byte> key)
    {
        if (TryAddKey(key))
        {
            _entries.Fields[1].AppendNull();
            _entries.EndRow();
        }
    }

    /// <summary>Ends the row.</summary>
    public void End() => result.EndRow();

    private bool TryAddKey(ReadOnlySpan<byte> key)
    {
        var name = Encoding.UTF8.GetString(key);
        if (!_keys.Add(name))
        {
            return refusesDuplicates ? throw new QueryException(ErrorCodes.InvalidParameterValue, $"duplicate map key: {name}") : false;
        }

        ((TextBuilder)_entries.Fields[0]).Append(key);
        return true;
    }
}
