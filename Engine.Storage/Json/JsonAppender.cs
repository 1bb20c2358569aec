using System.Diagnostics;
using Engine.Core.Columns.Builders;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>Appends well-formed JSON values to a builder of one type. What is not of the type becomes NULL and is reported.</summary>
internal abstract class JsonAppender(ColumnBuilder builder)
{
    /// <summary>Told of the text of each value that is not of its type.</summary>
    public delegate void Mismatch(ReadOnlySpan<byte> value, DataType type);

    public ColumnBuilder Builder { get; } = builder;

    public static JsonAppender Create(ColumnBuilder builder, ParseRules rules, Mismatch mismatch)
    {
        var type = builder.Type;
        return type.Kind switch
        {
            TypeKind.BigInt => new ScalarAppender<long, BigIntParser>((FixedBuilder<long>)builder, new BigIntParser(rules), mismatch),
            TypeKind.Integer => new ScalarAppender<int, IntegerParser>((FixedBuilder<int>)builder, default, mismatch),
            TypeKind.SmallInt => new ScalarAppender<short, SmallIntParser>((FixedBuilder<short>)builder, default, mismatch),
            TypeKind.TinyInt => new ScalarAppender<sbyte, TinyIntParser>((FixedBuilder<sbyte>)builder, default, mismatch),
            TypeKind.Double => new ScalarAppender<double, DoubleParser>((FixedBuilder<double>)builder, new DoubleParser(rules), mismatch),
            TypeKind.Real => new ScalarAppender<float, RealParser>((FixedBuilder<float>)builder, new RealParser(rules), mismatch),
            TypeKind.Decimal when ((DecimalType)type).IsCompact =>
                new ScalarAppender<long, CompactDecimalParser>((FixedBuilder<long>)builder, new CompactDecimalParser((DecimalType)type, rules), mismatch),
            TypeKind.Decimal =>
                new ScalarAppender<Int128, WideDecimalParser>((FixedBuilder<Int128>)builder, new WideDecimalParser((DecimalType)type, rules), mismatch),
            TypeKind.Date => new ScalarAppender<int, DateParser>((FixedBuilder<int>)builder, new DateParser(rules), mismatch),
            TypeKind.Time => new ScalarAppender<long, TimeParser>((FixedBuilder<long>)builder, default, mismatch),
            TypeKind.TimeTz => new ScalarAppender<long, ZonedTimeParser>((FixedBuilder<long>)builder, default, mismatch),
            TypeKind.Timestamp or TypeKind.TimestampTz =>
                new ScalarAppender<long, TimestampParser>((FixedBuilder<long>)builder, new TimestampParser((TimestampType)type, rules), mismatch),
            TypeKind.Interval => new ScalarAppender<Interval, IntervalParser>((FixedBuilder<Interval>)builder, default, mismatch),
            TypeKind.Enum => new ScalarAppender<int, EnumParser>((FixedBuilder<int>)builder, new EnumParser((EnumType)type), mismatch),
            TypeKind.Uuid => new ScalarAppender<UInt128, UuidParser>((FixedBuilder<UInt128>)builder, default, mismatch),
            TypeKind.Boolean => new BooleanAppender((BooleanBuilder)builder, mismatch),
            TypeKind.Varchar or TypeKind.Unknown => new TextAppender((TextBuilder)builder),
            TypeKind.Varbinary => new BinaryAppender((TextBuilder)builder, mismatch),
            TypeKind.Json => new RawAppender((TextBuilder)builder),
            TypeKind.Array => new ArrayAppender((ListBuilder)builder, rules, mismatch),
            TypeKind.Map => new MapAppender((ListBuilder)builder, rules, mismatch),
            TypeKind.Row => new RowAppender((StructBuilder)builder, rules, mismatch),
            _ => throw new UnreachableException(type.ToString()),
        };
    }

    /// <summary>Appends the value at a place, which moves behind it.</summary>
    public void Append(ReadOnlySpan<byte> text, ref int position)
    {
        JsonSyntax.SkipBlanks(text, ref position);
        if (text[position] == 'n')
        {
            position += 4;
            Builder.AppendNull();
        }
        else
        {
            AppendValue(text, ref position);
        }
    }

    /// <summary>Appends a value other than null.</summary>
    protected abstract void AppendValue(ReadOnlySpan<byte> text, ref int position);

    /// <summary>The whole text of the value at a place, which moves behind it.</summary>
    private protected static ReadOnlySpan<byte> TakeRaw(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        JsonSyntax.TrySkipValue(text, ref position);
        return text[start..position];
    }
}
