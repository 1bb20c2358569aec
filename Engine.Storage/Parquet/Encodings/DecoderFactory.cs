using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Pages;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>Finds the decoder for a leaf's pages.</summary>
internal static class DecoderFactory
{
    public static ValueDecoder Create(LeafNode leaf, ParquetEncoding encoding, PageBytes page, MemoryPool pool)
    {
        var (physical, width, length) = (leaf.Element.Physical, leaf.StoredWidth, leaf.Element.TypeLength);
        return (encoding, physical) switch
        {
            (ParquetEncoding.Plain, PhysicalType.Boolean) => new PlainBooleanDecoder(page),
            (ParquetEncoding.Plain, PhysicalType.ByteArray) => new PlainBinaryDecoder(page),
            (ParquetEncoding.Plain, PhysicalType.FixedLenByteArray) => new PlainFixedBinaryDecoder(page, length),
            (ParquetEncoding.Plain, _) => new PlainFixedDecoder(page, width),
            (ParquetEncoding.Rle, PhysicalType.Boolean) => new RunBooleanDecoder(page),
            (ParquetEncoding.DeltaBinaryPacked, PhysicalType.Int32 or PhysicalType.Int64) => new DeltaDecoder(page, width),
            (ParquetEncoding.DeltaLengthByteArray, PhysicalType.ByteArray) => new DeltaLengthDecoder(page),
            (ParquetEncoding.DeltaByteArray, PhysicalType.ByteArray or PhysicalType.FixedLenByteArray) => new DeltaBytesDecoder(page, pool),
            (ParquetEncoding.ByteStreamSplit, PhysicalType.FixedLenByteArray) => new SplitBinaryDecoder(page, length, pool),
            (ParquetEncoding.ByteStreamSplit, PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double) =>
                new SplitFixedDecoder(page, width),
            _ when Enum.IsDefined(encoding) => throw QueryException.NotSupportedYet($"encoding {encoding} of column \"{leaf.Path}\" ({physical})"),
            _ => throw new InvalidDataException($"unknown encoding {(int)encoding}"),
        };
    }
}
