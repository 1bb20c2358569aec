using System.Buffers.Binary;
using System.Numerics;

namespace Engine.Storage.Compression;

/// <summary>The 32-bit xxHash with seed 0, of bytes that come in parts: the checksum of LZ4 frames.</summary>
internal sealed class XxHash32
{
    private const uint Prime1 = 2654435761;
    private const uint Prime2 = 2246822519;
    private const uint Prime3 = 3266489917;
    private const uint Prime4 = 668265263;
    private const uint Prime5 = 374761393;
    private const int StripeLength = 16;

    private readonly byte[] _rest = new byte[StripeLength];
    private readonly uint[] _lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
    private int _restLength;
    private ulong _total;

    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new XxHash32();
        hash.Add(bytes);
        return hash.Finish();
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _total += (ulong)bytes.Length;
        if (_restLength > 0)
        {
            var count = Math.Min(StripeLength - _restLength, bytes.Length);
            bytes[..count].CopyTo(_rest.AsSpan(_restLength));
            _restLength += count;
            bytes = bytes[count..];
            if (_restLength < StripeLength)
            {
                return;
            }

            AddStripe(_rest);
            _restLength = 0;
        }

        for (; bytes.Length >= StripeLength; bytes = bytes[StripeLength..])
        {
            AddStripe(bytes);
        }

        bytes.CopyTo(_rest);
        _restLength = bytes.Length;
    }

    public uint Finish()
    {
        var hash = _total >= StripeLength
            ? BitOperations.RotateLeft(_lanes[0], 1) + BitOperations.RotateLeft(_lanes[1], 7)
              + BitOperations.RotateLeft(_lanes[2], 12) + BitOperations.RotateLeft(_lanes[3], 18)
            : Prime5;
        hash += (uint)_total;
        var rest = _rest.AsSpan(0, _restLength);
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3), 17) * Prime4;
        }

        foreach (var last in rest)
        {
            hash = BitOperations.RotateLeft(hash + (last * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private void AddStripe(ReadOnlySpan<byte> stripe)
    {
        for (var lane = 0; lane < 4; lane++)
        {
            var input = BinaryPrimitives.ReadUInt32LittleEndian(stripe[(lane * 4)..]);
            _lanes[lane] = BitOperations.RotateLeft(_lanes[lane] + (input * Prime2), 13) * Prime1;
        }
    }
}
