namespace Engine.Core.Types;

/// <summary>The families of SQL types. The order inside the numeric group is the order of implicit widening.</summary>
public enum TypeKind : byte
{
    /// <summary>The type of an untyped literal or parameter until its context decides.</summary>
    Unknown,
    Boolean,
    TinyInt,
    SmallInt,
    Integer,
    BigInt,
    Decimal,
    Real,
    Double,
    Varchar,
    Varbinary,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Uuid,
    Json,

    /// <summary>One of a few words.</summary>
    Enum,

    /// <summary>The number of an object of the catalog.</summary>
    Oid,
    Array,
    Map,
    Row,
}
