using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>The CRC-32 of gzip, eight bytes a step.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 8;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>Continues a checksum, which begins with 0.</summary>
    public static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        var tables = Tables;
        for (; bytes.Length >= Lanes; bytes = bytes[Lanes..])
        {
            var chunk = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = tables[0x700 + (byte)chunk] ^ tables[0x600 + (byte)(chunk >> 8)] ^ tables[0x500 + (byte)(chunk >> 16)]
                ^ tables[0x400 + (byte)(chunk >> 24)] ^ tables[0x300 + (byte)(chunk >> 32)] ^ tables[0x200 + (byte)(chunk >> 40)]
                ^ tables[0x100 + (byte)(chunk >> 48)] ^ tables[(int)(chunk >> 56)];
        }

        foreach (var value in bytes)
        {
            crc = tables[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[256 * Lanes];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        }

        return tables;
    }
}
