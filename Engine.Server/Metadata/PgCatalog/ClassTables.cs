using System.Collections.Immutable;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Schemas, relations, their columns and what is said of them.</summary>
internal static class ClassTables
{
    private const long UnknownCount = -1;

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<(PgObjects Objects, SchemaRow Schema)>.Of("pg_namespace", scope => Over(scope, objects => objects.Schemas))
            .Oid("oid", row => row.Objects.IdOfSchema(row.Schema.Name))
            .Text("nspname", row => row.Schema.Name)
            .Fixed("nspowner:oid=10")
            .Nothing("nspacl:text[]"),
        MetadataTable<(PgObjects Objects, ClassRow Class)>.Of("pg_class", scope => Over(scope, objects => objects.Classes))
            .Oid("oid", row => row.Class.Id)
            .Text("relname", row => row.Class.Name)
            .Oid("relnamespace", row => row.Objects.IdOfSchema(row.Class.Schema.Name))
            .Oid("reltype", row => row.Class is { Kind: 'r' or 'v', Relation: { } relation } ? row.Objects.IdOfRowType(relation) : 0)
            .Fixed("reloftype:oid=0 relowner:oid=10")
            .Oid("relam", row => row.Class.Kind switch { 'r' => SystemIds.Heap, 'i' => SystemIds.BTree, _ => 0 })
            .Oid("relfilenode", row => row.Class.Kind == 'v' ? 0 : row.Class.Id)
            .Fixed("reltablespace:oid=0 relpages:integer=0")
            .Value("reltuples", "real", row => row.Class.Kind is 'r' or 'i' ? (float)UnknownCount : 0f)
            .Fixed("relallvisible:integer=0 reltoastrelid:oid=0")
            .Boolean("relhasindex", row => row.Class is { Kind: 'r', Relation: { } table } && row.Objects.Scope.MemoryTableOf(table) is { } memory && IndexRow.Of(table, memory).Any())
            .Fixed("relisshared:boolean=f")
            .Text("relpersistence", row => row.Class.Relation is { IsTemporary: true } ? "t" : "p")
            .Text("relkind", row => row.Class.Kind.ToString())
            .Small("relnatts", row => row.Class.Index?.Columns.Length ?? (row.Class.Relation is { } relation ? row.Objects.Scope.ColumnsOf(relation).Count() : 3))
            .Small("relchecks", row => row.Class is { Kind: 'r', Relation: { IsWritable: true } relation } ? row.Objects.Scope.MemoryTableOf(relation)?.Checks.Length ?? 0 : 0)
            .Boolean("relhasrules", row => row.Class.Kind == 'v')
            .Boolean("relhastriggers", row => row.Class is { Kind: 'r', Relation: { } table } && row.Objects.IsBoundByForeignKey(table))
            .Fixed("relhassubclass:boolean=f relrowsecurity:boolean=f relforcerowsecurity:boolean=f relispopulated:boolean=t")
            .Text("relreplident", row => row.Class.Kind == 'r' ? "d" : "n")
            .Fixed("relispartition:boolean=f relrewrite:oid=0 relfrozenxid:xid=0 relminmxid:xid=0")
            .Nothing("relacl:text[] reloptions:text[] relpartbound"),
        MetadataTable<(PgObjects Objects, AttributeRow Column)>.Of("pg_attribute", scope => Over(scope, AttributeRow.All))
            .RelationId("attrelid", row => row.Column.Relation)
            .Text("attname", row => row.Column.Name)
            .Oid("atttypid", row => row.Column.TypeId(row.Objects))
            .Fixed("attstattarget:integer=-1")
            .Small("attlen", row => row.Column.TypeOf(row.Objects)?.Length ?? sizeof(int))
            .Small("attnum", row => row.Column.Number)
            .Number("attndims", row => row.Column.TypeOf(row.Objects) is { IsArray: true } ? 1 : 0)
            .Fixed("attcacheoff:integer=-1")
            .Number("atttypmod", row => row.Column.Modifier)
            .Boolean("attbyval", row => row.Column.TypeOf(row.Objects)?.IsByValue ?? true)
            .Text("attalign", row => row.Column.TypeOf(row.Objects)?.Alignment ?? "i")
            .Text("attstorage", row => row.Column.TypeOf(row.Objects)?.Storage ?? "p")
            .Fixed("attcompression=")
            .Boolean("attnotnull", row => row.Column.IsNotNull)
            .Boolean("atthasdef", row => row.Column.Default is not null)
            .Fixed("atthasmissing:boolean=f attidentity= attgenerated= attisdropped:boolean=f attislocal:boolean=t attinhcount:integer=0")
            .Oid("attcollation", row => row.Column.TypeOf(row.Objects)?.Collation ?? 0)
            .Nothing("attacl:text[] attoptions:text[] attfdwoptions:text[] attmissingval"),
        MetadataTable<(PgObjects Objects, AttributeRow Column)>.Of("pg_attrdef", scope => Over(scope, objects => AttributeRow.All(objects).Where(column => column.Default is not null)))
            .Oid("oid", row => row.Objects.Scope.Ids.Of(new ObjectKey(ObjectTable.AttributeDefault, string.Empty, string.Empty, $"{row.Column.Relation}.{row.Column.Number}")))
            .RelationId("adrelid", row => row.Column.Relation)
            .Small("adnum", row => row.Column.Number)
            .Text("adbin", row => row.Column.Default),
        MetadataTable<(PgObjects Objects, Comment Comment)>.Of("pg_description", scope => Over(scope, Comments))
            .Oid("objoid", row => row.Comment.Object)
            .Oid("classoid", row => row.Objects.Scope.Ids.Of(new ObjectKey(ObjectTable.Class, string.Empty, SystemIds.PgCatalog, row.Comment.Class)))
            .Number("objsubid", row => row.Comment.Part)
            .Text("description", row => row.Comment.Text),
        MetadataTable<(PgObjects Objects, SequenceRow Sequence)>.Of("pg_sequence", scope => Over(scope, _ => scope.Sequences))
            .Oid("seqrelid", row => row.Objects.IdOf(row.Sequence))
            .Oid("seqtypid", row => row.Objects.IdOfType(row.Sequence.Sequence.Range.Type, maxLength: null))
            .Count("seqstart", row => row.Sequence.Sequence.Range.Start)
            .Count("seqincrement", row => row.Sequence.Sequence.Range.Increment)
            .Count("seqmax", row => row.Sequence.Sequence.Range.Maximum)
            .Count("seqmin", row => row.Sequence.Sequence.Range.Minimum)
            .Fixed("seqcache:bigint=1")
            .Boolean("seqcycle", row => row.Sequence.Sequence.Range.Cycles),
    ];

    /// <summary>Rows beside the objects that they are of.</summary>
    public static IEnumerable<(PgObjects Objects, T Row)> Over<T>(MetadataScope scope, Func<PgObjects, IEnumerable<T>> rows)
    {
        var objects = new PgObjects(scope);
        return rows(objects).Select(row => (objects, row));
    }

    private static IEnumerable<Comment> Comments(PgObjects objects) =>
    [
        .. objects.Schemas.Select(schema => new Comment(objects.IdOfSchema(schema.Name), "pg_namespace", 0, schema.Holder.CommentOn(schema.Name, name: null))).Where(comment => comment.Text is not null),
        .. objects.Relations.Select(relation => new Comment(objects.Scope.IdOf(relation), "pg_class", 0, relation.Comment)).Where(comment => comment.Text is not null),
        .. objects.Scope.MemoryTables.SelectMany(pair => pair.Table.Columns.Select((column, i) => new Comment(objects.Scope.IdOf(pair.Relation), "pg_class", i + 1, column.Comment)))
            .Where(comment => comment.Text is not null),
    ];

    private sealed record Comment(long Object, string Class, int Part, string? Text);
}
