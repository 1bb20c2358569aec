using System.Buffers.Binary;
using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Server.PgWire.Types;

/// <summary>The binary forms of PostgreSQL's types: the highest byte first, times counted from 2000-01-01.</summary>
internal static class BinaryEncoder
{
    /// <summary>From 1970-01-01 to 2000-01-01.</summary>
    public const int EpochDays = 10_957;

    public const long EpochMicros = EpochDays * 86_400_000_000L;

    private const int NanosPerMicro = 1000;

    /// <summary>The encoder of a type that PostgreSQL has.</summary>
    public static CellEncoder Of(DataType type) => type switch
    {
        DecimalType number => new Number(number.Scale),
        TimestampType time => new Moment(time.Unit),
        ArrayType array => new Items(Of(array.Element), WireType.Of(array.Element).Oid, array.IsVector ? 0 : 1),
        _ => type.Kind switch
        {
            TypeKind.Boolean => Flag.Instance,
            TypeKind.TinyInt or TypeKind.SmallInt => SmallInteger.Instance,
            TypeKind.Integer or TypeKind.Real => FourBytes.Instance,
            TypeKind.BigInt or TypeKind.Double or TypeKind.Time => EightBytes.Instance,
            TypeKind.Date => Day.Instance,
            TypeKind.TimeTz => ClockAndZone.Instance,
            TypeKind.Interval => Span.Instance,
            TypeKind.Uuid => SixteenBytes.Instance,
            TypeKind.Enum => Word.Instance,
            TypeKind.Oid => ObjectNumber.Instance,
            _ => Bytes.Instance,
        },
    };

    private static void Add(long value, ByteWriter writer)
    {
        BinaryPrimitives.WriteInt64BigEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }

    private static void Add(int value, ByteWriter writer)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }

    private sealed class Flag : CellEncoder
    {
        public static readonly Flag Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => writer.Add(((BooleanColumn)column)[row] ? (byte)1 : (byte)0);
    }

    private sealed class SmallInteger : CellEncoder
    {
        public static readonly SmallInteger Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            var values = (FixedColumn)column;
            BinaryPrimitives.WriteInt16BigEndian(writer.GetSpan(2), column.Type.Kind == TypeKind.TinyInt ? values.Values<sbyte>()[row] : values.Values<short>()[row]);
            writer.Advance(2);
        }
    }

    /// <summary>integer and real: the same bits.</summary>
    private sealed class FourBytes : CellEncoder
    {
        public static readonly FourBytes Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => Add(((FixedColumn)column).Values<int>()[row], writer);
    }

    private sealed class ObjectNumber : CellEncoder
    {
        public static readonly ObjectNumber Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => Add((int)(uint)((FixedColumn)column).Values<long>()[row], writer);
    }

    /// <summary>bigint, double and time, microseconds since midnight.</summary>
    private sealed class EightBytes : CellEncoder
    {
        public static readonly EightBytes Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => Add(((FixedColumn)column).Values<long>()[row], writer);
    }

    private sealed class SixteenBytes : CellEncoder
    {
        public static readonly SixteenBytes Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            BinaryPrimitives.WriteUInt128BigEndian(writer.GetSpan(16), ((FixedColumn)column).Values<UInt128>()[row]);
            writer.Advance(16);
        }
    }

    private sealed class Number(int scale) : CellEncoder
    {
        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            var values = (FixedColumn)column;
            NumericFormat.Write(column.Type.ByteWidth == 8 ? values.Values<long>()[row] : values.Values<Int128>()[row], scale, writer);
        }
    }

    private sealed class Day : CellEncoder
    {
        public static readonly Day Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            var days = ((FixedColumn)column).Values<int>()[row];
            Add(InfiniteTime.IsInfinite(days) ? days : days - EpochDays, writer);
        }
    }

    /// <summary>Nanoseconds are cut off, never rounded up into the next moment.</summary>
    private sealed class Moment(TimeUnit unit) : CellEncoder
    {
        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            var count = ((FixedColumn)column).Values<long>()[row];
            Add(InfiniteTime.IsInfinite(count) ? count : (unit == TimeUnit.Nanosecond ? TimeScale.FloorDivide(count, NanosPerMicro) : count) - EpochMicros, writer);
        }
    }

    /// <summary>The zone is told by how far it is behind UTC.</summary>
    private sealed class ClockAndZone : CellEncoder
    {
        public static readonly ClockAndZone Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            var time = ZonedTime.Unpack(((FixedColumn)column).Values<long>()[row]);
            Add(time.Micros, writer);
            Add(-time.OffsetSeconds, writer);
        }
    }

    private sealed class Span : CellEncoder
    {
        public static readonly Span Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer)
        {
            var interval = ((FixedColumn)column).Values<Interval>()[row];
            Add(interval.Micros, writer);
            Add(interval.Days, writer);
            Add(interval.Months, writer);
        }
    }

    /// <summary>The words of enums go as text: drivers would have to ask about types of their own.</summary>
    private sealed class Word : CellEncoder
    {
        public static readonly Word Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) =>
            writer.Add(((EnumType)column.Type).Text(((FixedColumn)column).Values<int>()[row]));
    }

    /// <summary>Text, json and binary as they are.</summary>
    private sealed class Bytes : CellEncoder
    {
        public static readonly Bytes Instance = new();

        protected internal override void Write(Column column, int row, ByteWriter writer) => writer.Add(((TextColumn)column).Bytes(row));
    }

    /// <summary>Arrays of one dimension, counted from 1; an empty one has none.</summary>
    private sealed class Items(CellEncoder item, int oid, int first) : CellEncoder
    {
        protected internal override unsafe void Write(Column column, int row, ByteWriter writer)
        {
            var lists = (ListColumn)column;
            var (start, end) = (lists.Offsets[row], lists.Offsets[row + 1]);
            Add(start == end ? 0 : 1, writer);
            var hasNullAt = writer.Length;
            Add(0, writer);
            Add(oid, writer);
            if (start == end)
            {
                return;
            }

            Add(end - start, writer);
            Add(first, writer);
            for (var place = start; place < end; place++)
            {
                var lengthAt = writer.Length;
                Add(-1, writer);
                if (item.TryWrite(lists.Child, place, writer))
                {
                    writer.PatchInt32(lengthAt, writer.Length - lengthAt - 4);
                }
                else
                {
                    writer.PatchInt32(hasNullAt, 1);
                }
            }
        }
    }
}
