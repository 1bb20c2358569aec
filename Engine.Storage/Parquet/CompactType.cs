namespace Engine.Storage.Parquet;

/// <summary>The value types of Thrift's compact protocol.</summary>
internal enum CompactType : byte
{
    Stop,
    True,
    False,
    Byte,
    Int16,
    Int32,
    Int64,
    Double,
    Binary,
    List,
    Set,
    Map,
    Struct,
    Uuid,
}
