using System.Collections.Immutable;
using Engine.Catalog.Memory;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>What depends on what: constraints on columns and keys, views on what they read.</summary>
internal static class DependTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<Dependency>.Of("pg_depend", Dependencies)
            .Oid("classid", row => row.Class)
            .Oid("objid", row => row.Object)
            .Fixed("objsubid:integer=0")
            .Oid("refclassid", row => row.OtherClass)
            .Oid("refobjid", row => row.Other)
            .Number("refobjsubid", row => row.OtherPart)
            .Text("deptype", row => row.Type),
    ];

    private static IEnumerable<Dependency> Dependencies(MetadataScope scope)
    {
        var objects = new PgObjects(scope);
        return objects.Constraints.SelectMany(row => OfConstraint(objects, row.Constraint, row.Table)).Concat(objects.Relations.Where(relation => relation.IsView).SelectMany(view => OfView(objects, view)));
    }

    /// <summary>A constraint is of the columns of its table; a key owns its index; a foreign key needs the index of the key that it is to.</summary>
    private static IEnumerable<Dependency> OfConstraint(PgObjects objects, ConstraintRow constraint, MemoryTable table)
    {
        var (classes, constraints) = (IdOfTable(objects, "pg_class"), IdOfTable(objects, "pg_constraint"));
        var id = objects.IdOf(constraint);
        var relation = objects.Scope.IdOf(constraint.Relation);
        foreach (var column in constraint.Columns.IsEmpty ? constraint.Checked : constraint.Columns)
        {
            yield return new Dependency(constraints, id, classes, relation, table.PlaceOf(column) + 1, "a");
            if (constraint.Condition is not null)
            {
                yield return new Dependency(constraints, id, classes, relation, table.PlaceOf(column) + 1, "n");
            }
        }

        if (KeyTables.IndexBehind(objects, constraint, table) is not 0 and var index)
        {
            yield return constraint.Reference is null ? new Dependency(classes, index, constraints, id, 0, "i") : new Dependency(constraints, id, classes, index, 0, "n");
        }
    }

    /// <summary>In PostgreSQL it is a view's rule that reads; which columns of a relation, is not told.</summary>
    private static IEnumerable<Dependency> OfView(PgObjects objects, RelationRow view)
    {
        var (classes, rules) = (IdOfTable(objects, "pg_class"), IdOfTable(objects, "pg_rewrite"));
        var rule = objects.IdOfRule(view);
        yield return new Dependency(rules, rule, classes, objects.Scope.IdOf(view), 0, "i");
        foreach (var name in objects.Scope.ReadBy(view))
        {
            if (objects.Relations.FirstOrDefault(relation => relation.SchemaName == name.Schema && relation.Name == name.Name) is { } read)
            {
                yield return new Dependency(rules, rule, classes, objects.Scope.IdOf(read), 0, "n");
            }
        }
    }

    private static long IdOfTable(PgObjects objects, string table) => objects.Scope.Ids.Of(new ObjectKey(ObjectTable.Class, string.Empty, SystemIds.PgCatalog, table));

    /// <param name="Class">The table of the catalog that has the object.</param>
    /// <param name="Object">The object that depends.</param>
    /// <param name="OtherClass">The table of the catalog that has the other one.</param>
    /// <param name="Other">What it depends on.</param>
    /// <param name="OtherPart">The column of that, or 0.</param>
    /// <param name="Type">a where it goes with the other, i where it is a part of it, n where it holds the other.</param>
    private sealed record Dependency(long Class, long Object, long OtherClass, long Other, int OtherPart, string Type);
}
