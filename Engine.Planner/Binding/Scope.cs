using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>A column that names can reach.</summary>
/// <param name="Column">The column.</param>
/// <param name="Table">The table's name or alias, or null when it has none.</param>
/// <param name="IsHidden">Not part of a star.</param>
/// <param name="NeedsTable">Merged by USING into another column: reached with the table's name only, and not part of a star.</param>
/// <param name="Schema">The schema that was written in front of the table, or null.</param>
internal sealed record ScopeColumn(LogicalColumn Column, string? Table, bool IsHidden = false, bool NeedsTable = false, string? Schema = null);

/// <summary>The columns in reach of an expression, and those of the query around it.</summary>
internal sealed class Scope(ImmutableArray<ScopeColumn> columns, Scope? outer = null)
{
    public static readonly Scope Empty = new([]);

    public ImmutableArray<ScopeColumn> Columns { get; } = columns;

    public Scope? Outer { get; } = outer;

    /// <summary>Where aggregates go that subqueries ask of these columns; null where there can be none.</summary>
    public AggregateCollector? Aggregates { get; private init; }

    public static Scope Of(IEnumerable<LogicalColumn> columns, string? table, Scope? outer = null) =>
        new([.. columns.Select(column => new ScopeColumn(column, table))], outer);

    public Scope WithOuter(Scope? around) => new(Columns, around);

    public Scope With(AggregateCollector aggregates) => new(Columns, Outer) { Aggregates = aggregates };

    /// <summary>The columns of both; table names must differ, or the schemas in front of them.</summary>
    public Scope Combine(Scope other, SourceSpan? span)
    {
        var tables = Columns.Where(column => column.Table is not null).Select(column => (column.Schema, column.Table)).ToHashSet();
        if (other.Columns.FirstOrDefault(column => column.Table is not null && tables.Contains((column.Schema, column.Table))) is { } clash)
        {
            throw new QueryException(
                ErrorCodes.DuplicateAlias, $"table name \"{clash.Table}\" specified more than once", span, "Give one of them an alias.");
        }

        return new Scope(Columns.AddRange(other.Columns), Outer);
    }

    /// <summary>
    /// The column that the first parts of a dotted name stand for, and how many parts that were; the rest are fields of it. Table and column
    /// come before column and field. Null when no column has the name.
    /// </summary>
    public (LogicalColumn Column, int Parts)? Find(Ast.QualifiedName name)
    {
        var parts = name.Parts;
        if (parts.Count > 1)
        {
            for (var tableAt = Math.Min(parts.Count - 2, 1); tableAt >= 0; tableAt--)
            {
                var inTable = Columns.Where(column => column.Table is { } table && Matches(parts[tableAt], table) && (tableAt == 0 || column.Schema is null || Matches(parts[0], column.Schema))).ToList();
                if (Pick(inTable, parts[tableAt + 1]) is { } qualified)
                {
                    return (qualified, tableAt + 2);
                }
            }
        }

        return Pick(Columns.Where(column => !column.NeedsTable), parts[0]) is { } plain ? (plain, 1) : null;
    }

    /// <summary>The columns of the table of that name, which stands for a whole row of it.</summary>
    public IReadOnlyList<LogicalColumn> RowOf(Ast.Identifier table) =>
        [.. Columns.Where(column => !column.IsHidden && column.Table is { } name && Matches(table, name)).Select(column => column.Column)];

    /// <summary>The column for a name, here or in the queries around, or an error that offers near names.</summary>
    public (LogicalColumn Column, int Parts) Resolve(Ast.QualifiedName name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        for (var around = Outer; around is not null; around = around.Outer)
        {
            if (around.Find(name) is { } outside)
            {
                return outside;
            }
        }

        throw Missing(name);
    }

    /// <summary>Whether an identifier names this: exactly when quoted, without regard to case otherwise.</summary>
    public static bool Matches(Ast.Identifier identifier, string name) =>
        string.Equals(identifier.Value, name, identifier.Quoted ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static LogicalColumn? Pick(IEnumerable<ScopeColumn> columns, Ast.Identifier name)
    {
        // The exact spelling first; then, when exactly one column differs by case only, that one: raw files have headers of all kinds.
        var list = columns as IReadOnlyCollection<ScopeColumn> ?? [.. columns];
        var exact = list.Where(column => column.Column.Name == name.Value).ToList();
        var matches = exact.Count > 0 ? exact : list.Where(column => string.Equals(column.Column.Name, name.Value, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches.Count <= 1
            ? matches.FirstOrDefault()?.Column
            : throw new QueryException(
                ErrorCodes.AmbiguousColumn,
                $"column reference \"{name.Value}\" is ambiguous",
                name.Span,
                $"It could be {string.Join(" or ", matches.Select(match => match.Table is null ? $"\"{match.Column.Name}\"" : $"{match.Table}.{match.Column.Name}").Distinct())}.");
    }

    private QueryException Missing(Ast.QualifiedName name)
    {
        var tables = Columns.Select(column => column.Table).OfType<string>().Distinct().ToList();
        if (name.Parts.Count > 1 && !tables.Any(table => Matches(name.Parts[^2], table)))
        {
            return new QueryException(
                ErrorCodes.UndefinedTable,
                $"missing FROM-clause entry for table \"{name.Parts[^2].Value}\"",
                name.Span,
                NearNames.Hint(name.Parts[^2].Value, tables));
        }

        return new QueryException(
            ErrorCodes.UndefinedColumn,
            name.IsSimple ? $"column \"{name.Last.Value}\" does not exist" : $"column {name.Plain} does not exist",
            name.Span,
            NearNames.Hint(name.Last.Value, Columns.Where(column => !column.IsHidden).Select(column => column.Column.Name)));
    }
}
