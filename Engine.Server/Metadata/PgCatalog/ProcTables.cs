using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Server.PgWire.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Functions: the engine's, and those by which PostgreSQL's drivers know its types.</summary>
internal static class ProcTables
{
    private const long AnyType = 2276;
    private const long AnyElement = 2283;
    private const long AnyArray = 2277;
    private const long InternalType = 2281;

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<ProcRow>.Of("pg_proc", AllFunctions)
            .Oid("oid", row => row.Id)
            .Text("proname", row => row.Name)
            .Fixed("pronamespace:oid=11 proowner:oid=10 prolang:oid=12 procost:real=1 prorows:real=0")
            .Oid("provariadic", row => row.IsVariadic ? AnyType : 0)
            .Fixed("prosupport:regproc=0")
            .Text("prokind", row => row.Kind)
            .Fixed("prosecdef:boolean=f proleakproof:boolean=f")
            .Boolean("proisstrict", row => row.Kind == "f")
            .Fixed("proretset:boolean=f")
            .Text("provolatile", row => row.Volatility switch { Volatility.Immutable => "i", Volatility.Stable => "s", _ => "v" })
            .Fixed("proparallel=s")
            .Small("pronargs", row => row.Arguments.Length)
            .Fixed("pronargdefaults:smallint=0")
            .Oid("prorettype", row => row.Result)
            .Value("proargtypes", "oidvector", row => row.Arguments)
            .Nothing("proallargtypes:oid[] proargmodes:text[]")
            .Value("proargnames", "text[]", row => row.ArgumentNames.IsEmpty ? null : row.ArgumentNames)
            .Nothing("proargdefaults protrftypes:oid[]")
            .Text("prosrc", row => row.Name)
            .Nothing("probin prosqlbody proconfig:text[] proacl:text[]"),
        MetadataTable<(long Id, string Name)>.Of("pg_language", _ => [(SystemIds.InternalLanguage, "internal"), (SystemIds.SqlLanguage, "sql")])
            .Oid("oid", row => row.Id)
            .Text("lanname", row => row.Name)
            .Fixed("lanowner:oid=10 lanispl:boolean=f lanpltrusted:boolean=t lanplcallfoid:oid=0 laninline:oid=0 lanvalidator:oid=0")
            .Nothing("lanacl:text[]"),
    ];

    /// <summary>The number of a signature.</summary>
    public static long IdOf(RoutineRow routine, ObjectIds ids) => ids.Of(new ObjectKey(ObjectTable.Proc, string.Empty, SystemIds.PgCatalog, routine.SpecificName));

    private static IEnumerable<ProcRow> AllFunctions(MetadataScope scope) =>
    [
        .. BuiltInType.FunctionsByOid.Select(function => new ProcRow(function.Key, function.Value.Name, "f") { Result = function.Value.Type, Arguments = [InternalType] }),
        .. RoutineRow.Callable(scope.Session.Engine.Functions).Select(routine => Of(routine, scope.Ids)),
    ];

    private static ProcRow Of(RoutineRow routine, ObjectIds ids) => new(IdOf(routine, ids), routine.Name, routine.Kind switch { "aggregate" => "a", "window" => "w", _ => "f" })
    {
        Volatility = routine.Function.Volatility,
        IsVariadic = routine.Signature.Parameters.Any(parameter => parameter.Type?.EndsWith("...", StringComparison.Ordinal) == true),
        Result = TypeId(routine.Signature.Result),
        Arguments = [.. routine.Signature.Parameters.Select(parameter => (object?)TypeId(parameter.Type))],
        ArgumentNames = [.. routine.Signature.Parameters.Select(parameter => (object?)(parameter.Name ?? string.Empty))],
    };

    /// <summary>The number of a type as signatures name it; many stand for any type.</summary>
    public static long TypeId(string? name)
    {
        try
        {
            return name is null ? AnyType : name.StartsWith("array(", StringComparison.Ordinal) && name.Length <= "array(T)".Length ? AnyArray : name.Length == 1 ? AnyElement : WireType.Of(TypeName.Parse(name)).Oid;
        }
        catch (QueryException)
        {
            return AnyType;
        }
    }

    private sealed record ProcRow(long Id, string Name, string Kind)
    {
        public Volatility Volatility { get; init; }

        public bool IsVariadic { get; init; }

        public required long Result { get; init; }

        public required ImmutableArray<object?> Arguments { get; init; }

        public ImmutableArray<object?> ArgumentNames { get; init; } = [];
    }
}
