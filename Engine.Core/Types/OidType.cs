using System.Collections.Frozen;

namespace Engine.Core.Types;

/// <summary>What an object identifier identifies.</summary>
public enum OidClass : byte
{
    /// <summary>Whatever the context says: a plain <c>oid</c>.</summary>
    Any,
    Relation,
    Type,
    Namespace,
    Function,

    /// <summary>A function named by its argument types as well.</summary>
    Procedure,
    Operator,

    /// <summary>An operator named by its argument types as well.</summary>
    OperatorSignature,
    Role,
    Collation,

    /// <summary>A transaction, <c>xid</c>: no object, and without a name.</summary>
    Transaction,
}

/// <summary>
/// The number of an object of the catalog, 0 for none: PostgreSQL's <c>oid</c>, and its aliases <c>regclass</c>, <c>regtype</c> ..., which are written and shown
/// as the name of the object (PostgreSQL manual, "Object Identifier Types"). A value is an unsigned number of 32 bits, held in 64.
/// </summary>
public sealed record OidType(OidClass Class) : DataType(TypeKind.Oid)
{
    public const long MaxValue = uint.MaxValue;

    /// <summary>Every such type by its name.</summary>
    public static readonly FrozenDictionary<string, DataType> ByName = new Dictionary<string, DataType>(StringComparer.Ordinal)
    {
        ["oid"] = new OidType(OidClass.Any),
        ["regclass"] = new OidType(OidClass.Relation),
        ["regtype"] = new OidType(OidClass.Type),
        ["regnamespace"] = new OidType(OidClass.Namespace),
        ["regproc"] = new OidType(OidClass.Function),
        ["regprocedure"] = new OidType(OidClass.Procedure),
        ["regoper"] = new OidType(OidClass.Operator),
        ["regoperator"] = new OidType(OidClass.OperatorSignature),
        ["regrole"] = new OidType(OidClass.Role),
        ["regcollation"] = new OidType(OidClass.Collation),
        ["xid"] = new OidType(OidClass.Transaction),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether values are numbers and nothing else.</summary>
    public bool IsNumber => Class is OidClass.Any or OidClass.Transaction;

    public override ColumnLayout Layout => ColumnLayout.Fixed;

    public override int ByteWidth => sizeof(long);

    public override string ToString() => ByName.First(pair => ((OidType)pair.Value).Class == Class).Key;
}
