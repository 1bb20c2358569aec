using System.Buffers.Binary;
using System.Buffers.Text;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Parquet.Variant;

/// <summary>Writes variants from their bytes as JSON (VariantEncoding.md, "Value encoding" and "Encoding types").</summary>
/// <param name="writer">Gets the JSON.</param>
internal sealed class VariantValue(ByteWriter writer)
{
    private const int MaxDepth = 200;
    private const int MaxTextLength = 96;

    private int _valuesLeft;

    /// <summary>Writes one value.</summary>
    /// <exception cref="InvalidDataException">The bytes make no value.</exception>
    public void Write(VariantMetadata metadata, ReadOnlySpan<byte> value)
    {
        // Values cannot overlap, so that each takes a byte at least: offsets that point to the same value again and again are refused.
        _valuesLeft = value.Length;
        Write(metadata, value, MaxDepth);
    }

    /// <summary>Whether the bytes are an object, as those beside shredded fields must be.</summary>
    public static bool IsObject(ReadOnlySpan<byte> value) => !value.IsEmpty && (value[0] & 3) == 2;

    /// <summary>Adds the fields of an object to others, unless it is settled already what they are.</summary>
    public void AddFields(VariantMetadata metadata, ReadOnlySpan<byte> value, VariantObject target)
    {
        _valuesLeft = value.Length;
        AddFields(metadata, value, target, MaxDepth);
    }

    private void Write(VariantMetadata metadata, ReadOnlySpan<byte> value, int depth)
    {
        if (value.IsEmpty || depth == 0 || _valuesLeft-- == 0)
        {
            throw new InvalidDataException("a variant has more values than its bytes can hold");
        }

        var header = value[0] >> 2;
        switch (value[0] & 3)
        {
            case 0:
                WritePrimitive(header, value[1..]);
                break;
            case 1:
                ColumnJson.WriteString(VariantBytes.Text(VariantBytes.Slice(value, 1, header)), writer);
                break;
            case 2:
                var fields = new VariantObject(writer);
                AddFields(metadata, value, fields, depth);
                fields.Write();
                break;
            default:
                WriteArray(metadata, value, depth);
                break;
        }
    }

    private void AddFields(VariantMetadata metadata, ReadOnlySpan<byte> value, VariantObject target, int depth)
    {
        var header = value[0] >> 2;
        var (offsetWidth, idWidth, countWidth) = ((header & 3) + 1, ((header >> 2) & 3) + 1, (header & 16) != 0 ? 4 : 1);
        var count = VariantBytes.ReadNumber(value, 1, countWidth);
        var ids = 1L + countWidth;
        var offsets = ids + ((long)count * idWidth);
        var values = VariantBytes.From(value, offsets + ((count + 1L) * offsetWidth));
        for (var i = 0; i < count; i++)
        {
            var name = metadata.Name(VariantBytes.ReadNumber(value, ids + ((long)i * idWidth), idWidth));
            if (!target.IsSettled(name))
            {
                var start = writer.Length;
                var offset = VariantBytes.ReadNumber(value, offsets + ((long)i * offsetWidth), offsetWidth);
                Write(metadata, VariantBytes.From(values, offset), depth - 1);
                target.Take(name, start);
            }
        }
    }

    private void WriteArray(VariantMetadata metadata, ReadOnlySpan<byte> value, int depth)
    {
        var header = value[0] >> 2;
        var (offsetWidth, countWidth) = ((header & 3) + 1, (header & 4) != 0 ? 4 : 1);
        var count = VariantBytes.ReadNumber(value, 1, countWidth);
        var offsets = 1L + countWidth;
        var values = VariantBytes.From(value, offsets + ((count + 1L) * offsetWidth));
        writer.Add((byte)'[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                writer.Add((byte)',');
            }

            var offset = VariantBytes.ReadNumber(value, offsets + ((long)i * offsetWidth), offsetWidth);
            Write(metadata, VariantBytes.From(values, offset), depth - 1);
        }

        writer.Add((byte)']');
    }

    private void WritePrimitive(int type, ReadOnlySpan<byte> bytes)
    {
        switch (type)
        {
            case 0: writer.Add("null"u8); break;
            case 1: writer.Add("true"u8); break;
            case 2: writer.Add("false"u8); break;
            case 3: WriteInteger((sbyte)VariantBytes.Slice(bytes, 0, 1)[0]); break;
            case 4: WriteInteger(BinaryPrimitives.ReadInt16LittleEndian(VariantBytes.Slice(bytes, 0, 2))); break;
            case 5: WriteInteger(ReadInt32(bytes, 0)); break;
            case 6: WriteInteger(ReadInt64(bytes, 0)); break;
            case 7: WriteDouble(BinaryPrimitives.ReadDoubleLittleEndian(VariantBytes.Slice(bytes, 0, 8))); break;
            case 8: WriteDecimal(ReadInt32(bytes, 1), bytes[0]); break;
            case 9: WriteDecimal(ReadInt64(bytes, 1), bytes[0]); break;
            case 10: WriteDecimal(BinaryPrimitives.ReadInt128LittleEndian(VariantBytes.Slice(bytes, 1, 16)), bytes[0]); break;
            case 11: WriteQuoted(DateText.Format(ReadInt32(bytes, 0), StartQuoted())); break;
            case 12: WriteTimestamp(ReadInt64(bytes, 0), TimeUnit.Microsecond, "+00:00"u8); break;
            case 13: WriteTimestamp(ReadInt64(bytes, 0), TimeUnit.Microsecond, default); break;
            case 14: WriteFloat(BinaryPrimitives.ReadSingleLittleEndian(VariantBytes.Slice(bytes, 0, 4))); break;
            case 15: WriteBinary(ReadBlock(bytes), writer); break;
            case 16: ColumnJson.WriteString(VariantBytes.Text(ReadBlock(bytes)), writer); break;
            case 17: WriteQuoted(TimeText.Format(TimeScale.WrapToDay(ReadInt64(bytes, 0)), StartQuoted())); break;
            case 18: WriteTimestamp(ReadInt64(bytes, 0), TimeUnit.Nanosecond, "+00:00"u8); break;
            case 19: WriteTimestamp(ReadInt64(bytes, 0), TimeUnit.Nanosecond, default); break;
            case 20: WriteQuoted(UuidText.Format(BinaryPrimitives.ReadUInt128BigEndian(VariantBytes.Slice(bytes, 0, 16)), StartQuoted())); break;
            default: throw new InvalidDataException($"a variant is of type {type}");
        }
    }

    /// <summary>Binary in JSON is base64, as the format says.</summary>
    public static void WriteBinary(ReadOnlySpan<byte> bytes, ByteWriter writer)
    {
        writer.Add((byte)'"');
        Base64.EncodeToUtf8(bytes, writer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        writer.Advance(written);
        writer.Add((byte)'"');
    }

    private void WriteInteger(long value) => writer.Advance(IntegerText.Format(value, writer.GetSpan(MaxTextLength)));

    private void WriteDecimal(Int128 value, int scale) =>
        writer.Advance(scale <= DecimalType.MaxPrecision
            ? DecimalText.Format(value, scale, writer.GetSpan(MaxTextLength))
            : throw new InvalidDataException($"a variant is a decimal of scale {scale}"));

    private void WriteDouble(double value)
    {
        if (double.IsFinite(value))
        {
            writer.Advance(FloatText.Format(value, writer.GetSpan(MaxTextLength)));
        }
        else
        {
            WriteQuoted(FloatText.Format(value, StartQuoted()));
        }
    }

    private void WriteFloat(float value)
    {
        if (float.IsFinite(value))
        {
            writer.Advance(FloatText.Format(value, writer.GetSpan(MaxTextLength)));
        }
        else
        {
            WriteQuoted(FloatText.Format(value, StartQuoted()));
        }
    }

    private void WriteTimestamp(long value, TimeUnit unit, ReadOnlySpan<byte> zone) =>
        WriteQuoted(TimestampText.Write(value, unit, (byte)'T', zone, StartQuoted()));

    /// <summary>Room for a text between quotes, which <see cref="WriteQuoted"/> ends.</summary>
    private Span<byte> StartQuoted()
    {
        writer.Add((byte)'"');
        return writer.GetSpan(MaxTextLength);
    }

    private void WriteQuoted(int length)
    {
        writer.Advance(length);
        writer.Add((byte)'"');
    }

    private static int ReadInt32(ReadOnlySpan<byte> bytes, int start) => BinaryPrimitives.ReadInt32LittleEndian(VariantBytes.Slice(bytes, start, 4));

    private static long ReadInt64(ReadOnlySpan<byte> bytes, int start) => BinaryPrimitives.ReadInt64LittleEndian(VariantBytes.Slice(bytes, start, 8));

    private static ReadOnlySpan<byte> ReadBlock(ReadOnlySpan<byte> bytes) => VariantBytes.Slice(bytes, 4, VariantBytes.ReadNumber(bytes, 0, 4));
}
