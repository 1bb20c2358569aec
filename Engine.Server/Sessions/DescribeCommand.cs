using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Planner;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>DESCRIBE: the columns of a table, file or query, and for those that come out of files how their types are known.</summary>
internal sealed class DescribeCommand(Session session)
{
    public StatementResult Execute(Ast.DescribeRelationStatement describe, CancellationToken cancellationToken)
    {
        var everything = new Ast.SelectItem(new Ast.StarExpression(null, [], [], [], describe.Span), null, describe.Span);
        var select = new Ast.SelectBody(null, [everything], [describe.Relation], null, null, null, [], null, describe.Span);
        return Describe(new Ast.Query(null, select, [], null, null, describe.Span), cancellationToken);
    }

    public StatementResult Execute(Ast.DescribeQueryStatement describe, CancellationToken cancellationToken) => Describe(describe.Query, cancellationToken);

    private StatementResult Describe(Ast.Query query, CancellationToken cancellationToken)
    {
        var plan = Binder.Bind(query, session.NewBindingContext(cancellationToken));
        return session.Table(
            "DESCRIBE",
            ["column", "type", "evidence"],
            plan.Output.Select(column => ImmutableArray.Create<string?>(column.Name, column.Type.ToString(), EvidenceOf(plan, column.Id))),
            cancellationToken);
    }

    /// <summary>How the type of a column is known; null for what a query computes.</summary>
    private static string? EvidenceOf(LogicalNode node, int id)
    {
        switch (node)
        {
            case LogicalScan { Source: FileTableSource { ErrorsOnly: false } table } scan when scan.Columns.FirstOrDefault(column => column.Id == id) is { } column:
                return EvidenceOf(table, scan.SourceColumns[scan.Columns.IndexOf(column)]);
            case LogicalProject project when project.Projections.FirstOrDefault(projection => projection.Column.Id == id) is { } projection:
                return projection.Value is ColumnReference reference ? EvidenceOf(project.Input, reference.Column) : null;
            default:
                return node.Inputs.Select(input => EvidenceOf(input, id)).FirstOrDefault(evidence => evidence is not null);
        }
    }

    private static string? EvidenceOf(FileTableSource table, int column)
    {
        if (column >= table.FileSchema.Count)
        {
            return column < table.FileSchema.Count + table.PartitionSchema.Count ? "from the path" : null;
        }

        return table.Format is "parquet" or "arrow" ? "from the files' own schema"
            : column < table.Evidence.Length && table.Evidence[column] is { } evidence ? Write(evidence)
            : "declared";
    }

    private static string Write(ColumnEvidence evidence)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"inferred from {evidence.RowsSeen:N0} {(evidence.RowsSeen == 1 ? "row" : "rows")}");
        if (evidence.NullCount == evidence.RowsSeen)
        {
            return evidence.RowsSeen == 0 ? "inferred from no rows" : $"{rows}, all null";
        }

        var nulls = evidence.NullCount == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {evidence.NullCount:N0} null");
        return evidence.Offender is { } offender
            ? $"{rows}{nulls}; {offender.Narrower} until {offender.Path}{(offender.Line is { } line ? $":{line.ToString(CultureInfo.InvariantCulture)}" : string.Empty)}: {offender.Value}"
            : rows + nulls;
    }
}
