using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Storage.Parquet.Footer;

/// <summary>
/// Passes over values of Thrift's compact protocol. A wide footer is millions of bytes that are passed over once before any of them is asked for, so
/// that positions go from call to call and stay in registers.
/// </summary>
internal static class CompactSkip
{
    private const int MaxDepth = 64;

    /// <summary>Bit 7 of every byte: a number goes on behind bytes that have it.</summary>
    private const ulong GoesOn = 0x8080_8080_8080_8080;

    /// <summary>The position behind the value of a field.</summary>
    /// <exception cref="InvalidDataException">It does not fit into the bytes, or is no such value.</exception>
    /// <exception cref="EndOfStreamException">The bytes end in it.</exception>
    public static int Field(ReadOnlySpan<byte> bytes, int position, CompactType type) => Value(bytes, position, type, MaxDepth);

    /// <summary>The position behind an element of a list; errors as of <see cref="Field"/>.</summary>
    public static int Element(ReadOnlySpan<byte> bytes, int position, CompactType type) => Element(bytes, position, type, MaxDepth);

    private static int Struct(ReadOnlySpan<byte> bytes, int position, int depth)
    {
        Descend(depth);
        while (true)
        {
            if (position == bytes.Length)
            {
                throw CompactError.End();
            }

            var head = bytes[position++];
            if (head < 16)
            {
                if (head == 0)
                {
                    return position;
                }

                // The field's id, in full.
                position = Number(bytes, position);
            }

            position = Value(bytes, position, (CompactType)(head & 15), depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value(ReadOnlySpan<byte> bytes, int position, CompactType type, int depth)
    {
        switch (type)
        {
            case CompactType.True or CompactType.False:
                return position;
            case CompactType.Byte:
                return Forward(bytes, position, 1);
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                return Number(bytes, position);
            case CompactType.Double:
                return Forward(bytes, position, 8);
            case CompactType.Uuid:
                return Forward(bytes, position, 16);
            case CompactType.Binary:
                return Binary(bytes, position);
            case CompactType.List or CompactType.Set:
                return List(bytes, position, depth - 1);
            case CompactType.Map:
                return Map(bytes, position, depth - 1);
            case CompactType.Struct:
                return Struct(bytes, position, depth - 1);
            default:
                throw CompactError.UnknownType(type);
        }
    }

    /// <summary>Booleans are in the head of a field, and a byte of their own in a list.</summary>
    private static int Element(ReadOnlySpan<byte> bytes, int position, CompactType type, int depth) =>
        type is CompactType.True or CompactType.False ? Forward(bytes, position, 1) : Value(bytes, position, type, depth);

    private static int List(ReadOnlySpan<byte> bytes, int position, int depth)
    {
        Descend(depth);
        var reader = new CompactReader(bytes, position);
        var count = reader.ReadListHead(out var element);
        position = reader.Position;
        switch (element)
        {
            case CompactType.Int32:
                for (; count > 0; count--)
                {
                    position = Number(bytes, position);
                }

                break;
            case CompactType.Binary:
                for (; count > 0; count--)
                {
                    position = Binary(bytes, position);
                }

                break;
            default:
                for (; count > 0; count--)
                {
                    position = Element(bytes, position, element, depth);
                }

                break;
        }

        return position;
    }

    private static int Map(ReadOnlySpan<byte> bytes, int position, int depth)
    {
        Descend(depth);
        var reader = new CompactReader(bytes, position);
        var count = reader.ReadMapHead(out var key, out var value);
        position = reader.Position;
        for (; count > 0; count--)
        {
            position = Element(bytes, position, key, depth);
            position = Element(bytes, position, value, depth);
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Binary(ReadOnlySpan<byte> bytes, int position)
    {
        if (position < bytes.Length && bytes[position] < 128)
        {
            var length = bytes[position++];
            return length <= bytes.Length - position ? position + length : throw CompactError.TooLong(length);
        }

        var reader = new CompactReader(bytes, position);
        reader.ReadBinary();
        return reader.Position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Number(ReadOnlySpan<byte> bytes, int position)
    {
        // Most are of one byte, which is guessed; the others' lengths change too much for a guess.
        if (position < bytes.Length && bytes[position] < 128)
        {
            return position + 1;
        }

        if (bytes.Length - position >= sizeof(ulong))
        {
            var last = ~Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), position)) & GoesOn;
            if (last != 0)
            {
                return position + (BitOperations.TrailingZeroCount(last) >> 3) + 1;
            }
        }

        var reader = new CompactReader(bytes, position);
        reader.ReadInt64();
        return reader.Position;
    }

    private static int Forward(ReadOnlySpan<byte> bytes, int position, int count) => count <= bytes.Length - position ? position + count : throw CompactError.End();

    private static void Descend(int depth)
    {
        if (depth == 0)
        {
            throw CompactError.TooDeep();
        }
    }
}
