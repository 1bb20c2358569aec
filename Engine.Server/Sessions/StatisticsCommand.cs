using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>SHOW STATS and SUMMARIZE: figures of each column, from one scan. Both are a query over aggregates, a row of it for each column.</summary>
internal sealed class StatisticsCommand(Session session)
{
    private static readonly Figure[] Summary =
    [
        new Figure("column_type", null, null, "varchar"),
        new Figure("min", Comparable, column => $"CAST(min({column}) AS varchar)", "varchar"),
        new Figure("max", Comparable, column => $"CAST(max({column}) AS varchar)", "varchar"),
        new Figure("approx_unique", Comparable, column => $"least(approx_distinct({column}), count({column}))", "bigint"),
        new Figure("avg", Numeric, column => $"avg(CAST({column} AS double))", "double"),
        new Figure("std", Numeric, column => $"stddev(CAST({column} AS double))", "double"),
        new Figure("q25", Numeric, column => $"approx_percentile(CAST({column} AS double), 0.25)", "double"),
        new Figure("q50", Numeric, column => $"approx_percentile(CAST({column} AS double), 0.5)", "double"),
        new Figure("q75", Numeric, column => $"approx_percentile(CAST({column} AS double), 0.75)", "double"),
        new Figure("count", _ => true, column => $"count({column})", "bigint"),
        new Figure("null_percentage", _ => true, column => $"CASE WHEN count(*) = 0 THEN 0 ELSE CAST(100 * (count(*) - count({column})) AS double) / count(*) END", "double"),
    ];

    /// <summary>What SUMMARIZE gives.</summary>
    public static Schema SummaryColumns { get; } = new([new Field("column_name", DataType.Varchar), .. Summary.Select(figure => new Field(figure.Name, TypeName.Parse(figure.Type)))]);

    public StatementResult Execute(Ast.ShowStatsStatement stats, CancellationToken cancellationToken) => Execute(
        "SHOW",
        stats.Relation,
        [
            new Figure("distinct_values_count", Comparable, column => $"least(approx_distinct({column}), count({column}))", "bigint"),
            new Figure("nulls_fraction", _ => true, column => $"CASE WHEN count(*) = 0 THEN 0 ELSE CAST(count(*) - count({column}) AS double) / count(*) END", "double"),
            new Figure("row_count", _ => false, _ => "NULL", "bigint"),
            new Figure("low_value", Comparable, column => $"CAST(min({column}) AS varchar)", "varchar"),
            new Figure("high_value", Comparable, column => $"CAST(max({column}) AS varchar)", "varchar"),
        ],
        last: "SELECT 2147483647, NULL, NULL, NULL, rows, NULL, NULL FROM figures",
        cancellationToken);

    /// <summary>Figures are taken from files and tables when a query is planned: there is nothing to gather before.</summary>
    public StatementResult Execute(Ast.AnalyzeStatement analyze, CancellationToken cancellationToken)
    {
        foreach (var target in analyze.Targets)
        {
            _ = session.Names.Find(TableNames.Of(target.Table), cancellationToken)
                ?? throw new QueryException(ErrorCodes.UndefinedTable, $"relation \"{target.Table.Plain}\" does not exist", target.Span);
        }

        return StatementResult.Done("ANALYZE");
    }

    public StatementResult Execute(Ast.SummarizeStatement summarize, CancellationToken cancellationToken) => Execute(
        "SUMMARIZE",
        summarize.Relation,
        Summary,
        last: null,
        cancellationToken);

    private StatementResult Execute(string command, Ast.Relation relation, IReadOnlyList<Figure> figures, string? last, CancellationToken cancellationToken)
    {
        var everything = new Ast.SelectItem(new Ast.StarExpression(null, [], [], [], relation.Span), null, relation.Span);
        var body = new Ast.SelectBody(null, [everything], [relation], null, null, null, [], null, relation.Span);
        var query = new Ast.Query(null, body, [], null, null, relation.Span);
        var columns = Binder.Bind(query, session.NewBindingContext(cancellationToken)).Output;
        var aggregates = columns.SelectMany((column, i) => figures
            .Where(figure => figure.Compute is not null && figure.Suits!(column.Type))
            .Select(figure => $"{figure.Compute!(Name("c", i))} AS {Name(figure.Name, i)}"));
        var rows = columns.Select((column, i) => $"SELECT {i}, {Text(column.Name)}, {string.Join(", ", figures.Select(figure => figure.Of(column, i)))} FROM figures");
        return session.Query(
            command,
            $"""
            WITH input ({string.Join(", ", columns.Select((_, i) => Name("c", i)))}) AS ({SqlUnparser.Unparse(query)}),
            figures AS MATERIALIZED (SELECT {string.Join(", ", aggregates.Prepend("count(*) AS rows"))} FROM input)
            SELECT column_name, {string.Join(", ", figures.Select(figure => $"\"{figure.Name}\""))}
            FROM ({string.Join(" UNION ALL ", last is null ? rows : rows.Append(last))}) AS t (place, column_name, {string.Join(", ", figures.Select(figure => $"\"{figure.Name}\""))})
            ORDER BY place
            """,
            cancellationToken);
    }

    private static bool Comparable(DataType type) => !type.IsNested && type.Kind is not (TypeKind.Json or TypeKind.Unknown);

    private static bool Numeric(DataType type) => type.IsNumeric;

    private static string Name(string stem, int place) => string.Create(CultureInfo.InvariantCulture, $"\"{stem}{place}\"");

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A figure of a column.</summary>
    /// <param name="Name">What the result calls it.</param>
    /// <param name="Suits">Says of a type whether its columns have it.</param>
    /// <param name="Compute">The aggregate over a column; null for the column's type, which is no matter of its values.</param>
    /// <param name="Type">What it is.</param>
    private sealed record Figure(string Name, Func<DataType, bool>? Suits, Func<string, string>? Compute, string Type)
    {
        public string Of(LogicalColumn column, int place) => Compute is null ? Text(column.Type.ToString())
            : Suits!(column.Type) ? StatisticsCommand.Name(Name, place)
            : $"CAST(NULL AS {Type})";
    }
}
