using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Format;

/// <summary>The members of Arrow's Type union (Schema.fbs), under their numbers.</summary>
internal enum ArrowTypeId : byte
{
    None, Null, Int, FloatingPoint, Binary, Utf8, Bool, Decimal, Date, Time, Timestamp, Interval, List, Struct, Union, FixedSizeBinary, FixedSizeList,
    Map, Duration, LargeBinary, LargeUtf8, LargeList, RunEndEncoded, BinaryView, Utf8View, ListView, LargeListView,
}

/// <summary>Arrow's TimeUnit.</summary>
internal static class ArrowTimeUnit
{
    public const int Second = 0;
    public const int Millisecond = 1;
    public const int Microsecond = 2;
    public const int Nanosecond = 3;
}

/// <summary>A type with those of the parameters that it has.</summary>
internal sealed record ArrowType(ArrowTypeId Id)
{
    /// <summary>Of integers, times and decimals.</summary>
    public int BitWidth { get; init; }

    public bool IsSigned { get; init; }

    /// <summary>
    /// <see cref="ArrowTimeUnit"/> of times, timestamps and durations; of dates 0 days, 1 milliseconds; of intervals 0 months, 1 days and
    /// milliseconds, 2 months, days and nanoseconds; of floats 0 half, 1 single, 2 double.
    /// </summary>
    public int Unit { get; init; }

    public bool HasZone { get; init; }

    public int Precision { get; init; }

    public int Scale { get; init; }

    /// <summary>Bytes of a fixed-size binary, items of a fixed-size list.</summary>
    public int Size { get; init; }

    public bool IsDense { get; init; }

    /// <summary>The number that stands for each child of a union.</summary>
    public ImmutableArray<int> TypeIds { get; init; } = [];
}

/// <summary>How the values of a field are replaced by ids.</summary>
internal sealed record ArrowDictionary(long Id, int BitWidth, bool IsSigned);

/// <summary>A column or a part of one. With a dictionary, type and children are those of the dictionary's values.</summary>
internal sealed record ArrowField(string Name, ArrowType Type, ImmutableArray<ArrowField> Children, ArrowDictionary? Dictionary, string? Extension)
{
    /// <summary>The type of its values in the engine.</summary>
    public DataType DataType { get; } = ArrowTypeMapping.Of(Type, Children, Extension);

    /// <summary>The dictionaries that the values need, those inside of dictionaries included.</summary>
    public IEnumerable<ArrowField> DictionaryFields() => Children.SelectMany(child => child.DictionaryFields()).Concat(Dictionary is null ? [] : [this]);
}
