using Engine.Core.Text;

namespace Engine.Storage.Parquet.Variant;

/// <summary>Writes the fields of one object in the order of their names, wherever they come from: an object's bytes, shredded columns or both.</summary>
/// <param name="writer">Gets the object.</param>
internal sealed class VariantObject(ByteWriter writer)
{
    private readonly List<(byte[] Name, byte[] Value)> _fields = [];
    private readonly List<byte[]> _settled = [];

    /// <summary>Adds a field, whose value was written behind <paramref name="start"/> and is taken off again.</summary>
    public void Take(ReadOnlySpan<byte> name, int start)
    {
        _fields.Add((name.ToArray(), writer.Written[start..].ToArray()));
        writer.Truncate(start);
    }

    /// <summary>Settles what the object has of a name, be it nothing, whoever else may know a field of this name.</summary>
    public void Settle(byte[] name) => _settled.Add(name);

    public bool IsSettled(ReadOnlySpan<byte> name)
    {
        foreach (var other in _settled)
        {
            if (name.SequenceEqual(other))
            {
                return true;
            }
        }

        return false;
    }

    public void Write()
    {
        _fields.Sort((left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        writer.Add((byte)'{');
        for (var i = 0; i < _fields.Count; i++)
        {
            if (i > 0)
            {
                writer.Add((byte)',');
            }

            ColumnJson.WriteString(_fields[i].Name, writer);
            writer.Add((byte)':');
            writer.Add(_fields[i].Value);
        }

        writer.Add((byte)'}');
    }
}
