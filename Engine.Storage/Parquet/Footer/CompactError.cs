namespace Engine.Storage.Parquet.Footer;

/// <summary>
/// What can be wrong with bytes of Thrift's compact protocol. Errors are made here rather than where they are thrown: text with holes costs a method
/// that is called millions of times even when nothing is wrong.
/// </summary>
internal static class CompactError
{
    public static EndOfStreamException End() => new("the Thrift data ends early");

    public static InvalidDataException UnknownType(CompactType type) => new($"unknown Thrift type {(int)type}");

    public static InvalidDataException NotInt32(long value) => new($"{value} is not a 32-bit number");

    public static InvalidDataException TooManyElements(ulong count) => new($"a Thrift list of {count} elements does not fit");

    public static InvalidDataException TooManyEntries(ulong count) => new($"a Thrift map of {count} entries does not fit");

    public static InvalidDataException TooLong(ulong length) => new($"a Thrift string of {length} bytes does not fit");

    public static InvalidDataException TooDeep() => new("Thrift values are nested too deeply");
}
