using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.TextLog;

/// <summary>Appends the texts that a pattern cuts out of lines to a column. An empty text or a lone hyphen is no number and no time, but NULL.</summary>
internal abstract class FieldAppender(ColumnBuilder builder)
{
    public ColumnBuilder Builder { get; } = builder;

    public static FieldAppender Create(Field column, TimestampPattern? timestampPattern, MemoryPool pool)
    {
        var rules = ParseRules.Default;
        var builder = ColumnBuilder.Create(column.Type, pool);
        return column.Type.Kind switch
        {
            TypeKind.BigInt => new ScalarFieldAppender<long, BigIntParser>((FixedBuilder<long>)builder, new BigIntParser(rules)),
            TypeKind.Integer => new ScalarFieldAppender<int, IntegerParser>((FixedBuilder<int>)builder, default),
            TypeKind.SmallInt => new ScalarFieldAppender<short, SmallIntParser>((FixedBuilder<short>)builder, default),
            TypeKind.TinyInt => new ScalarFieldAppender<sbyte, TinyIntParser>((FixedBuilder<sbyte>)builder, default),
            TypeKind.Double => new ScalarFieldAppender<double, DoubleParser>((FixedBuilder<double>)builder, new DoubleParser(rules)),
            TypeKind.Real => new ScalarFieldAppender<float, RealParser>((FixedBuilder<float>)builder, new RealParser(rules)),
            TypeKind.Decimal when ((DecimalType)column.Type).IsCompact =>
                new ScalarFieldAppender<long, CompactDecimalParser>((FixedBuilder<long>)builder, new CompactDecimalParser((DecimalType)column.Type, rules)),
            TypeKind.Decimal =>
                new ScalarFieldAppender<Int128, WideDecimalParser>((FixedBuilder<Int128>)builder, new WideDecimalParser((DecimalType)column.Type, rules)),
            TypeKind.Date => new ScalarFieldAppender<int, DateParser>((FixedBuilder<int>)builder, new DateParser(rules)),
            TypeKind.Time => new ScalarFieldAppender<long, TimeParser>((FixedBuilder<long>)builder, default),
            TypeKind.TimeTz => new ScalarFieldAppender<long, ZonedTimeParser>((FixedBuilder<long>)builder, default),
            TypeKind.Timestamp or TypeKind.TimestampTz => new ScalarFieldAppender<long, LogTimestampParser>(
                (FixedBuilder<long>)builder, new LogTimestampParser(new LogTimestamps((TimestampType)column.Type, timestampPattern))),
            TypeKind.Enum => new ScalarFieldAppender<int, EnumParser>((FixedBuilder<int>)builder, new EnumParser((EnumType)column.Type)),
            TypeKind.Uuid => new ScalarFieldAppender<UInt128, UuidParser>((FixedBuilder<UInt128>)builder, default),
            TypeKind.Interval => new ScalarFieldAppender<Interval, IntervalParser>((FixedBuilder<Interval>)builder, default),
            TypeKind.Boolean => new BooleanFieldAppender((BooleanBuilder)builder),
            TypeKind.Varchar or TypeKind.Json => new TextFieldAppender((TextBuilder)builder),
            _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"column {column.Name} of a log cannot have type {column.Type}"),
        };
    }

    /// <summary>Appends a value; false, and NULL appended, when the text is not of the type.</summary>
    public bool TryAppend(ReadOnlySpan<byte> text)
    {
        if (this is not TextFieldAppender && (text.IsEmpty || text is [(byte)'-']))
        {
            Builder.AppendNull();
            return true;
        }

        if (TryAppendValue(text))
        {
            return true;
        }

        Builder.AppendNull();
        return false;
    }

    private protected abstract bool TryAppendValue(ReadOnlySpan<byte> text);
}

/// <summary>Values of a fixed width.</summary>
internal sealed class ScalarFieldAppender<T, TParser>(FixedBuilder<T> builder, TParser parser) : FieldAppender(builder)
    where T : unmanaged
    where TParser : struct, ICellParser<T>
{
    private readonly TParser _parser = parser;

    private protected override bool TryAppendValue(ReadOnlySpan<byte> text)
    {
        if (!_parser.TryParse(text, out var value))
        {
            return false;
        }

        builder.Append(value);
        return true;
    }
}

/// <summary>Booleans.</summary>
internal sealed class BooleanFieldAppender(BooleanBuilder builder) : FieldAppender(builder)
{
    private protected override bool TryAppendValue(ReadOnlySpan<byte> text)
    {
        if (!BooleanText.TryParse(text, out var value))
        {
            return false;
        }

        builder.Append(value);
        return true;
    }
}

/// <summary>Texts; bytes that are no UTF-8 do not fit.</summary>
internal sealed class TextFieldAppender(TextBuilder builder) : FieldAppender(builder)
{
    private protected override bool TryAppendValue(ReadOnlySpan<byte> text)
    {
        if (!Utf8Validator.IsValid(text))
        {
            return false;
        }

        builder.Append(text);
        return true;
    }
}
