using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>A type of PostgreSQL as pg_type has it, with the numbers of the functions that read and write its values, which drivers tell arrays by.</summary>
internal sealed record BuiltInType
{
    /// <summary>
    /// The types that values, parameters and columns here can have, and the pseudo-types that drivers ask for: number, name, length, by value, kind, category,
    /// preferred, element, array, functions in, out, receive, send, modifier in and out, alignment, storage, collation (PostgreSQL 15, pg_type.dat).
    /// </summary>
    private const string Known = """
        16 bool 1 t b B t 0 1000 1242 1243 2436 2437 0 0 c p 0
        17 bytea -1 f b U f 0 1001 1244 31 2412 2413 0 0 i x 0
        18 char 1 t b Z f 0 1002 1245 33 2434 2435 0 0 c p 0
        19 name 64 f b S f 18 1003 34 35 2422 2423 0 0 c p 950
        20 int8 8 t b N f 0 1016 460 461 2408 2409 0 0 d p 0
        21 int2 2 t b N f 0 1005 38 39 2404 2405 0 0 s p 0
        22 int2vector -1 f b A f 21 1006 40 41 2410 2411 0 0 i p 0
        23 int4 4 t b N f 0 1007 42 43 2406 2407 0 0 i p 0
        24 regproc 4 t b N f 0 1008 44 45 2444 2445 0 0 i p 0
        25 text -1 f b S t 0 1009 46 47 2414 2415 0 0 i x 100
        26 oid 4 t b N t 0 1028 1798 1799 2418 2419 0 0 i p 0
        27 tid 6 f b U f 0 1010 48 49 2438 2439 0 0 s p 0
        28 xid 4 t b U f 0 1011 50 51 2440 2441 0 0 i p 0
        29 cid 4 t b U f 0 1012 52 53 2442 2443 0 0 i p 0
        30 oidvector -1 f b A f 26 1013 54 55 2420 2421 0 0 i p 0
        114 json -1 f b U f 0 199 321 322 323 324 0 0 i x 0
        194 pg_node_tree -1 f b Z f 0 0 195 196 197 198 0 0 i x 100
        700 float4 4 t b N f 0 1021 200 201 2424 2425 0 0 i p 0
        701 float8 8 t b N t 0 1022 214 215 2426 2427 0 0 d p 0
        705 unknown -2 f p X f 0 0 109 110 2416 2417 0 0 c p 0
        1033 aclitem 12 f b U f 0 1034 1031 1032 0 0 0 0 i p 0
        1042 bpchar -1 f b S f 0 1014 1044 1045 2430 2431 2913 2914 i x 100
        1043 varchar -1 f b S f 0 1015 1046 1047 2432 2433 2915 2916 i x 100
        1082 date 4 t b D f 0 1182 1084 1085 2468 2469 0 0 i p 0
        1083 time 8 t b D f 0 1183 1143 1144 2470 2471 2909 2910 d p 0
        1114 timestamp 8 t b D f 0 1115 1312 1313 2474 2475 2905 2906 d p 0
        1184 timestamptz 8 t b D t 0 1185 1150 1151 2476 2477 2907 2908 d p 0
        1186 interval 16 f b T t 0 1187 1160 1161 2478 2479 2903 2904 d p 0
        1266 timetz 12 f b D f 0 1270 1350 1351 2472 2473 2911 2912 d p 0
        1700 numeric -1 f b N f 0 1231 1701 1702 2460 2461 2917 2918 i m 0
        2202 regprocedure 4 t b N f 0 2207 2212 2213 2446 2447 0 0 i p 0
        2203 regoper 4 t b N f 0 2208 2214 2215 2448 2449 0 0 i p 0
        2204 regoperator 4 t b N f 0 2209 2216 2217 2450 2451 0 0 i p 0
        2205 regclass 4 t b N f 0 2210 2218 2219 2452 2453 0 0 i p 0
        2206 regtype 4 t b N f 0 2211 2220 2221 2454 2455 0 0 i p 0
        2249 record -1 f p P f 0 2287 2290 2291 2402 2403 0 0 d x 0
        2275 cstring -2 f p P f 0 1263 2292 2293 2500 2501 0 0 c p 0
        2276 any 4 t p P f 0 0 2294 2295 0 0 0 0 i p 0
        2277 anyarray -1 f p P f 0 0 2296 2297 2502 2503 0 0 d x 0
        2278 void 4 t p P f 0 0 2298 2299 3120 3121 0 0 i p 0
        2279 trigger 4 t p P f 0 0 2300 2301 0 0 0 0 i p 0
        2281 internal 8 t p P f 0 0 2304 2305 0 0 0 0 d p 0
        2283 anyelement 4 t p P f 0 0 2312 2313 0 0 0 0 i p 0
        2776 anynonarray 4 t p P f 0 0 2777 2778 0 0 0 0 i p 0
        2950 uuid 16 f b U f 0 2951 2952 2953 2961 2962 0 0 c p 0
        3500 anyenum 4 t p P f 0 0 3504 3505 0 0 0 0 i p 0
        3802 jsonb -1 f b U f 0 3807 3806 3804 3805 3803 0 0 i x 0
        4089 regnamespace 4 t b N f 0 4090 4084 4085 4087 4088 0 0 i p 0
        4096 regrole 4 t b N f 0 4097 4098 4092 4094 4095 0 0 i p 0
        4191 regcollation 4 t b N f 0 4192 4193 4194 4196 4197 0 0 i p 0
        """;

    /// <summary>PostgreSQL's functions of enums: in, out, receive, send.</summary>
    public static readonly (long In, long Out, long Receive, long Send) EnumFunctions = (3506, 3507, 3532, 3533);

    /// <summary>The function that finds an item of an array.</summary>
    public const long ArraySubscript = 6179;

    private const long ArrayIn = 750;
    private const long ArrayOut = 751;
    private const long ArrayReceive = 2400;
    private const long ArraySend = 2401;

    /// <summary>Those whose functions have an underscore in their names.</summary>
    private static readonly FrozenSet<string> Separated =
        new[] { "date", "time", "timestamp", "timestamptz", "interval", "timetz", "numeric", "uuid", "json", "jsonb", "record", "cstring", "void", "any", "trigger", "internal", "pg_node_tree", "array", "anyarray", "anyelement", "anynonarray", "anyenum" }
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every type and its array type, by number.</summary>
    public static readonly ImmutableArray<BuiltInType> All = [.. Known.Split('\n').Select(Parse).SelectMany(type => type.Array == 0 ? [type] : new[] { type, ArrayOf(type) }).OrderBy(type => type.Oid)];

    private static readonly FrozenDictionary<long, BuiltInType> ByOid = All.ToFrozenDictionary(type => type.Oid);

    private static readonly FrozenDictionary<string, BuiltInType> ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public required long Oid { get; init; }

    public required string Name { get; init; }

    /// <summary>Bytes of a value; -1 where they differ, -2 for text that ends in a zero byte.</summary>
    public required int Length { get; init; }

    public bool IsByValue { get; init; }

    /// <summary>b for a base type, p for a pseudo-type.</summary>
    public required string Kind { get; init; }

    public required string Category { get; init; }

    public bool IsPreferred { get; init; }

    public long Element { get; init; }

    public long Array { get; init; }

    public required long In { get; init; }

    public required long Out { get; init; }

    public required long Receive { get; init; }

    public required long Send { get; init; }

    public long ModifierIn { get; init; }

    public long ModifierOut { get; init; }

    public required string Alignment { get; init; }

    public required string Storage { get; init; }

    public long Collation { get; init; }

    /// <summary>Whether it is an array of another type, and not a vector.</summary>
    public bool IsArray => In == ArrayIn;

    /// <summary>The functions that read and write its values.</summary>
    public IEnumerable<(long Oid, string Name)> Functions
    {
        get
        {
            var stem = IsArray ? "array_" : Separated.Contains(Name) ? Name + "_" : Name;
            return new[] { (In, stem + "in"), (Out, stem + "out"), (Receive, stem + "recv"), (Send, stem + "send"), (ModifierIn, Name + "typmodin"), (ModifierOut, Name + "typmodout") }.Where(function => function.Item1 != 0);
        }
    }

    /// <summary>The functions of all types, and those that types of users have, by number: each with the type that it is of.</summary>
    public static readonly FrozenDictionary<long, (string Name, long Type)> FunctionsByOid = All
        .SelectMany(type => type.Functions.Select(function => (function.Oid, function.Name, Type: type.Oid)))
        .Concat([(EnumFunctions.In, "enum_in", 3500), (EnumFunctions.Out, "enum_out", 3500), (EnumFunctions.Receive, "enum_recv", 3500), (EnumFunctions.Send, "enum_send", 3500), (ArraySubscript, "array_subscript_handler", 2281)])
        .DistinctBy(function => function.Item1)
        .ToFrozenDictionary(function => function.Item1, function => (function.Item2, function.Item3));

    public static BuiltInType? Find(long oid) => ByOid.GetValueOrDefault(oid);

    /// <summary>The type that pg_type has under a name, such as int4.</summary>
    public static BuiltInType? Find(string name) => ByName.GetValueOrDefault(name);

    public static BuiltInType ArrayOf(BuiltInType element) => new()
    {
        Oid = element.Array,
        Name = "_" + element.Name,
        Length = -1,
        Kind = element.Kind,
        Category = "A",
        Element = element.Oid,
        In = ArrayIn,
        Out = ArrayOut,
        Receive = ArrayReceive,
        Send = ArraySend,
        Alignment = element.Alignment == "d" ? "d" : "i",
        Storage = "x",
        Collation = element.Collation,
    };

    private static BuiltInType Parse(string line)
    {
        var fields = line.Split(' ');
        return new BuiltInType
        {
            Oid = Number(0),
            Name = fields[1],
            Length = (int)Number(2),
            IsByValue = fields[3] == "t",
            Kind = fields[4],
            Category = fields[5],
            IsPreferred = fields[6] == "t",
            Element = Number(7),
            Array = Number(8),
            In = Number(9),
            Out = Number(10),
            Receive = Number(11),
            Send = Number(12),
            ModifierIn = Number(13),
            ModifierOut = Number(14),
            Alignment = fields[15],
            Storage = fields[16],
            Collation = Number(17),
        };

        long Number(int place) => long.Parse(fields[place], CultureInfo.InvariantCulture);
    }
}
