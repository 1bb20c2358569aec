namespace Engine.Storage.Parquet.Variant;

/// <summary>The names that the objects of one variant use (VariantEncoding.md, "Metadata encoding"). Checked once, when it is opened.</summary>
internal readonly ref struct VariantMetadata
{
    private readonly ReadOnlySpan<byte> _offsets;
    private readonly ReadOnlySpan<byte> _names;
    private readonly int _width;

    /// <exception cref="InvalidDataException">It is of another version or too short.</exception>
    public VariantMetadata(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || (bytes[0] & 15) != 1)
        {
            throw new InvalidDataException("a variant's metadata is not of version 1");
        }

        _width = (bytes[0] >> 6) + 1;
        Count = VariantBytes.ReadNumber(bytes, 1, _width);
        _offsets = VariantBytes.Slice(bytes, 1 + _width, (Count + 1L) * _width);
        _names = bytes[(1 + _width + _offsets.Length)..];
    }

    /// <summary>Names there are.</summary>
    public int Count { get; }

    /// <summary>A name as UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int id)
    {
        if ((uint)id >= (uint)Count)
        {
            throw new InvalidDataException($"a variant's field has name {id} of {Count}");
        }

        var start = VariantBytes.ReadNumber(_offsets, (long)id * _width, _width);
        var end = VariantBytes.ReadNumber(_offsets, (id + 1L) * _width, _width);
        return VariantBytes.Text(VariantBytes.Slice(_names, start, (long)end - start));
    }
}
