using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Types and what drivers ask about them.</summary>
internal static class TypeTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<(PgObjects Objects, TypeRow Type)>.Of("pg_type", scope => ClassTables.Over(scope, Types))
            .Oid("oid", row => row.Type.Of.Oid)
            .Text("typname", row => row.Type.Of.Name)
            .Oid("typnamespace", row => row.Objects.IdOfSchema(row.Type.Schema))
            .Fixed("typowner:oid=10")
            .Small("typlen", row => row.Type.Of.Length)
            .Boolean("typbyval", row => row.Type.Of.IsByValue)
            .Text("typtype", row => row.Type.Of.Kind)
            .Text("typcategory", row => row.Type.Of.Category)
            .Boolean("typispreferred", row => row.Type.Of.IsPreferred)
            .Fixed("typisdefined:boolean=t typdelim=,")
            .Oid("typrelid", row => row.Type.Relation)
            .Value("typsubscript", "regproc", row => row.Type.Of.IsArray ? BuiltInType.ArraySubscript : 0L)
            .Oid("typelem", row => row.Type.Of.Element)
            .Oid("typarray", row => row.Type.Of.Array)
            .Value("typinput", "regproc", row => row.Type.Of.In)
            .Value("typoutput", "regproc", row => row.Type.Of.Out)
            .Value("typreceive", "regproc", row => row.Type.Of.Receive)
            .Value("typsend", "regproc", row => row.Type.Of.Send)
            .Value("typmodin", "regproc", row => row.Type.Of.ModifierIn)
            .Value("typmodout", "regproc", row => row.Type.Of.ModifierOut)
            .Fixed("typanalyze:regproc=0")
            .Text("typalign", row => row.Type.Of.Alignment)
            .Text("typstorage", row => row.Type.Of.Storage)
            .Fixed("typnotnull:boolean=f typbasetype:oid=0 typtypmod:integer=-1 typndims:integer=0")
            .Oid("typcollation", row => row.Type.Of.Collation)
            .Nothing("typdefaultbin typdefault typacl:text[]"),
        MetadataTable<(PgObjects Objects, LabelRow Label)>.Of("pg_enum", scope => ClassTables.Over(scope, Labels))
            .Oid("oid", row => row.Label.Type + row.Label.Place) // In the order of the labels: old clients sort by it.
            .Oid("enumtypid", row => row.Label.Type)
            .Value("enumsortorder", "real", row => (float)row.Label.Place)
            .Text("enumlabel", row => row.Label.Text),
        MetadataTable<(long Id, string Name, string Provider, string? Locale)>.Of(
                "pg_collation",
                _ => [(SystemIds.DefaultCollation, "default", "d", null), (SystemIds.CCollation, "C", "c", "C"), (951, "POSIX", "c", "POSIX")])
            .Oid("oid", row => row.Id)
            .Text("collname", row => row.Name)
            .Fixed("collnamespace:oid=11 collowner:oid=10")
            .Text("collprovider", row => row.Provider)
            .Fixed("collisdeterministic:boolean=t collencoding:integer=-1")
            .Text("collcollate", row => row.Locale)
            .Text("collctype", row => row.Locale)
            .Nothing("colliculocale collversion"),
    ];

    private static IEnumerable<TypeRow> Types(PgObjects objects) =>
    [
        .. BuiltInType.All.Select(type => new TypeRow(type, SystemIds.PgCatalog)),
        .. objects.RowTypes.SelectMany(relation => RowAndArray(relation, objects)),
        .. objects.Scope.Types.Where(pair => pair.Type.Type is EnumType).SelectMany(pair => EnumAndArray(objects.IdOfType(pair.Schema, pair.Type), ArrayIdOf(objects, pair.Schema, pair.Type), pair.Type.Name, pair.Schema.Name)),
    ];

    private static long ArrayIdOf(PgObjects objects, SchemaRow schema, MemoryType type) => objects.IdOfType(schema, type with { Name = "_" + type.Name });

    private static IEnumerable<TypeRow> EnumAndArray(long id, long arrayId, string name, string schema)
    {
        var words = new BuiltInType
        {
            Oid = id,
            Name = name,
            Length = sizeof(int),
            IsByValue = true,
            Kind = "e",
            Category = "E",
            Array = arrayId,
            In = BuiltInType.EnumFunctions.In,
            Out = BuiltInType.EnumFunctions.Out,
            Receive = BuiltInType.EnumFunctions.Receive,
            Send = BuiltInType.EnumFunctions.Send,
            Alignment = "i",
            Storage = "p",
        };
        return [new TypeRow(words, schema), new TypeRow(BuiltInType.ArrayOf(words) with { Kind = "b" }, schema)];
    }

    /// <summary>The type of a relation's rows.</summary>
    private static IEnumerable<TypeRow> RowAndArray(RelationRow relation, PgObjects objects)
    {
        var record = BuiltInType.Find("record")!;
        var rows = record with
        {
            Oid = objects.IdOfRowType(relation),
            Name = relation.Name,
            Kind = "c",
            Category = "C",
            Array = objects.IdOfRowTypeArray(relation),
        };
        return [new TypeRow(rows, relation.SchemaName) { Relation = objects.Scope.IdOf(relation) }, new TypeRow(BuiltInType.ArrayOf(rows) with { Kind = "b" }, relation.SchemaName)];
    }

    private static IEnumerable<LabelRow> Labels(PgObjects objects) => objects.Scope.Types
        .Where(pair => pair.Type.Type is EnumType)
        .SelectMany(pair => ((EnumType)pair.Type.Type).Labels.Select((label, i) => new LabelRow(objects.IdOfType(pair.Schema, pair.Type), i + 1, label)));

    private sealed record TypeRow(BuiltInType Of, string Schema)
    {
        /// <summary>The relation whose rows are of the type, or 0.</summary>
        public long Relation { get; init; }
    }

    private sealed record LabelRow(long Type, int Place, string Text);
}
