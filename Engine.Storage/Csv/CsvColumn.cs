using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads one field of all records of a batch into a column.</summary>
internal abstract unsafe class CsvColumn(Field column, int field, ParseRules rules, MemoryPool pool)
{
    private readonly ByteWriter _scratch = new();

    /// <summary>The column of the table.</summary>
    public Field Column { get; } = column;

    /// <summary>The place of the field in the file's records.</summary>
    public int Field { get; } = field;

    private protected ParseRules Rules { get; } = rules;

    private protected MemoryPool Pool { get; } = pool;

    public static CsvColumn Create(Field column, int field, ParseRules rules, MemoryPool pool)
    {
        var type = column.Type;
        return type.Kind switch
        {
            TypeKind.BigInt => new FixedCsvColumn<long, BigIntParser>(column, field, new BigIntParser(rules), rules, pool),
            TypeKind.Integer => new FixedCsvColumn<int, IntegerParser>(column, field, default, rules, pool),
            TypeKind.SmallInt => new FixedCsvColumn<short, SmallIntParser>(column, field, default, rules, pool),
            TypeKind.TinyInt => new FixedCsvColumn<sbyte, TinyIntParser>(column, field, default, rules, pool),
            TypeKind.Double => new FixedCsvColumn<double, DoubleParser>(column, field, new DoubleParser(rules), rules, pool),
            TypeKind.Real => new FixedCsvColumn<float, RealParser>(column, field, new RealParser(rules), rules, pool),
            TypeKind.Decimal when ((DecimalType)type).IsCompact =>
                new FixedCsvColumn<long, CompactDecimalParser>(column, field, new CompactDecimalParser((DecimalType)type, rules), rules, pool),
            TypeKind.Decimal =>
                new FixedCsvColumn<Int128, WideDecimalParser>(column, field, new WideDecimalParser((DecimalType)type, rules), rules, pool),
            TypeKind.Date => new FixedCsvColumn<int, DateParser>(column, field, new DateParser(rules), rules, pool),
            TypeKind.Time => new FixedCsvColumn<long, TimeParser>(column, field, default, rules, pool),
            TypeKind.TimeTz => new FixedCsvColumn<long, ZonedTimeParser>(column, field, default, rules, pool),
            TypeKind.Timestamp or TypeKind.TimestampTz =>
                new FixedCsvColumn<long, TimestampParser>(column, field, new TimestampParser((TimestampType)type, rules), rules, pool),
            TypeKind.Interval => new FixedCsvColumn<Interval, IntervalParser>(column, field, default, rules, pool),
            TypeKind.Enum => new FixedCsvColumn<int, EnumParser>(column, field, new EnumParser((EnumType)type), rules, pool),
            TypeKind.Uuid => new FixedCsvColumn<UInt128, UuidParser>(column, field, default, rules, pool),
            TypeKind.Boolean => new BooleanCsvColumn(column, field, rules, pool),
            TypeKind.Varchar or TypeKind.Json or TypeKind.Unknown => new TextCsvColumn(column, field, rules, pool),
            TypeKind.Varbinary => new BinaryCsvColumn(column, field, rules, pool),
            TypeKind.Array or TypeKind.Map or TypeKind.Row => new NestedCsvColumn(column, field, rules, pool),
            _ => throw new UnreachableException(type.ToString()),
        };
    }

    public abstract Column Read(in CsvRows rows, CsvBadCells bad);

    /// <summary>
    /// What a field says when it is not the plain case: without quotes and blanks at its ends; null for a NULL or an error, which is reported.
    /// </summary>
    private protected bool TryGetText(in CsvRows rows, int row, CsvBadCells bad, bool isText, out ReadOnlySpan<byte> text)
    {
        text = rows.Value(row, Field, out var flags, _scratch);
        if ((flags & (CsvIndex.Missing | CsvIndex.Malformed)) != 0)
        {
            if ((flags & CsvIndex.Malformed) != 0)
            {
                bad.ReportRow(rows, row, Column.Name, rows.Raw(row, Field, out _), "a quote is missing, or stands inside a quoted field without being escaped");
            }

            return false;
        }

        // A quoted empty text is a text, but no number or date.
        var isQuoted = (flags & CsvIndex.Quoted) != 0;
        return isQuoted ? isText || !text.IsEmpty : !text.SequenceEqual(Rules.NullText) && (isText || !AsciiText.Trim(text).IsEmpty);
    }

    private protected void Report(in CsvRows rows, int row, CsvBadCells bad, ReadOnlySpan<byte> text) =>
        bad.ReportValue(rows, row, Column.Name, text, $"invalid input syntax for type {Column.Type}");

    /// <summary>A bitmap of values alone, to take single ones out of.</summary>
    private protected NativeBuffer AllValid(int count)
    {
        var bits = Pool.Allocate(Bitmap.ByteCount(count), "validity");
        Bitmap.Fill(bits.Pointer, count, value: true);
        return bits;
    }
}
