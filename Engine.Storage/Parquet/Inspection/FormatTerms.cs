using System.Globalization;
using System.Text.RegularExpressions;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>Types, encodings and codecs as the format's own definition (parquet.thrift) spells them.</summary>
internal static partial class FormatTerms
{
    public static string Of(PhysicalType type) => UpperCase(type);

    public static string Of(Repetition repetition) => UpperCase(repetition);

    public static string Of(ParquetEncoding encoding) => UpperCase(encoding);

    public static string Of(ConvertedType type) => type switch
    {
        ConvertedType.UInt8 => "UINT_8",
        ConvertedType.UInt16 => "UINT_16",
        ConvertedType.UInt32 => "UINT_32",
        ConvertedType.UInt64 => "UINT_64",
        ConvertedType.Int8 => "INT_8",
        ConvertedType.Int16 => "INT_16",
        ConvertedType.Int32 => "INT_32",
        ConvertedType.Int64 => "INT_64",
        _ => UpperCase(type),
    };

    public static string Of(ParquetCodec codec) => codec == ParquetCodec.Lz4Raw ? "LZ4_RAW" : codec.ToString().ToUpperInvariant();

    public static string Of(PageType type) => type switch
    {
        PageType.Data => "DATA_PAGE",
        PageType.Index => "INDEX_PAGE",
        PageType.Dictionary => "DICTIONARY_PAGE",
        PageType.DataV2 => "DATA_PAGE_V2",
        _ => ((int)type).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>All encodings that a chunk is said to use, in the order of their numbers.</summary>
    public static string OfEncodings(uint bits) =>
        string.Join(", ", Enumerable.Range(0, 32).Where(number => (bits >> number & 1) != 0).Select(number => Of((ParquetEncoding)number)));

    /// <summary>With its parameters; null for none.</summary>
    public static string? Of(LogicalType type) => type.Kind switch
    {
        LogicalKind.None => null,
        LogicalKind.Decimal => $"DecimalType(scale={type.Scale}, precision={type.Precision})",
        LogicalKind.Integer => $"IntType(bitWidth={type.BitWidth}, isSigned={(type.IsSigned ? 1 : 0)})",
        LogicalKind.Time or LogicalKind.Timestamp => $"{type.Kind}Type(isAdjustedToUTC={(type.IsUtc ? 1 : 0)}, unit=TimeUnit({Unit(type.Unit)}))",
        LogicalKind.Unknown => "NullType()",
        LogicalKind.Uuid => "UUIDType()",
        _ => $"{type.Kind}Type()",
    };

    private static string Unit(int unit)
    {
        string[] units = ["MILLIS", "MICROS", "NANOS"];
        string[] names = ["MilliSeconds", "MicroSeconds", "NanoSeconds"];
        return string.Join(", ", units.Select((text, i) => $"{text}={(unit == i + 1 ? $"{names[i]}()" : "<null>")}"));
    }

    /// <summary>ByteArray is BYTE_ARRAY, Int96 is INT96; a number without name stays a number.</summary>
    private static string UpperCase<T>(T value)
        where T : struct, Enum => WordStart().Replace(value.ToString(), "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
