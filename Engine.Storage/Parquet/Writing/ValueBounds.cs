using System.Text;

namespace Engine.Storage.Parquet.Writing;

/// <summary>The lowest and highest of some values as the format's statistics have them: plain encoded, byte arrays without length.</summary>
/// <param name="Min">No value is below it.</param>
/// <param name="Max">No value is above it.</param>
/// <param name="IsMinExact">False where it was cut.</param>
/// <param name="IsMaxExact">False where it was cut.</param>
internal sealed record ValueBounds(byte[] Min, byte[] Max, bool IsMinExact = true, bool IsMaxExact = true)
{
    /// <summary>Long values are cut to so many bytes: enough to tell pages apart, little enough that a footer stays small.</summary>
    public const int MaxLength = 64;

    private const int LastCodePoint = 0x10FFFF;

    /// <summary>Bounds of byte strings, cut where they are long.</summary>
    /// <param name="min">The lowest value.</param>
    /// <param name="max">The highest value.</param>
    /// <param name="isText">Whether they are UTF-8 and must stay so.</param>
    public static ValueBounds OfBytes(ReadOnlySpan<byte> min, ReadOnlySpan<byte> max, bool isText)
    {
        var low = min.Length > MaxLength ? Prefix(min, isText) : min;
        var high = max.Length > MaxLength ? Increment(Prefix(max, isText), isText) : null;
        return new ValueBounds(low.ToArray(), high ?? max.ToArray(), low.Length == min.Length, high is null);
    }

    /// <summary>What bounds both.</summary>
    public static ValueBounds Union(ValueBounds left, ValueBounds right, Comparison<byte[]> compare)
    {
        var low = compare(left.Min, right.Min);
        var high = compare(left.Max, right.Max);
        return new ValueBounds(
            low <= 0 ? left.Min : right.Min,
            high >= 0 ? left.Max : right.Max,
            (low <= 0 && left.IsMinExact) || (low >= 0 && right.IsMinExact),
            (high >= 0 && left.IsMaxExact) || (high <= 0 && right.IsMaxExact));
    }

    /// <summary>As much of a long value as is kept; of text, whole characters.</summary>
    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> value, bool isText)
    {
        var length = MaxLength;
        while (isText && length > 0 && (value[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return value[..length];
    }

    /// <summary>The shortest string above all that begin so; null when there is none.</summary>
    private static byte[]? Increment(ReadOnlySpan<byte> prefix, bool isText)
    {
        while (!prefix.IsEmpty)
        {
            var last = prefix.Length - 1;
            while (isText && last > 0 && (prefix[last] & 0xC0) == 0x80)
            {
                last--;
            }

            if ((isText ? NextCharacter(prefix[last..]) : NextByte(prefix[last])) is { } next)
            {
                return [.. prefix[..last], .. next];
            }

            prefix = prefix[..last];
        }

        return null;
    }

    private static byte[]? NextByte(byte value) => value == byte.MaxValue ? null : [(byte)(value + 1)];

    /// <summary>The character behind this one, null behind the last of all. UTF-8 sorts as code points do.</summary>
    private static byte[]? NextCharacter(ReadOnlySpan<byte> character)
    {
        if (Rune.DecodeFromUtf8(character, out var rune, out var length) != System.Buffers.OperationStatus.Done || length != character.Length || rune.Value == LastCodePoint)
        {
            return null;
        }

        var next = new Rune(rune.Value == 0xD7FF ? 0xE000 : rune.Value + 1);
        var bytes = new byte[next.Utf8SequenceLength];
        next.EncodeToUtf8(bytes);
        return bytes;
    }
}
