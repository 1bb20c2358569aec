using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Pruning;

/// <summary>
/// Drops the files whose partition columns, path or time make the filter right above the scan false: any condition over these columns counts, not
/// only comparisons.
/// </summary>
internal sealed class PrunePartitions : IPlanRule
{
    public string Name => "prune_partitions";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node =>
        node is LogicalFilter { Input: LogicalScan { Source: FileTableSource source } scan } filter ? Prune(filter, scan, source, context.Constants) : node);

    private static LogicalFilter Prune(LogicalFilter filter, LogicalScan scan, FileTableSource source, IConstantEvaluator constants)
    {
        var known = KnownColumns(scan, source);
        var terms = filter.Predicate.Conjuncts()
            .Where(term => term.ReferencedColumns().Any() && term.ReferencedColumns().All(known.ContainsKey) && !term.IsVolatile())
            .ToList();
        if (terms.Count == 0)
        {
            return filter;
        }

        var kept = source.Files.Where(file => terms.All(term => MayHold(term, Values(file, known, constants), constants))).ToImmutableArray();
        return kept.Length == source.Files.Length ? filter : filter with { Input = scan with { Source = source with { Files = kept } } };
    }

    /// <summary>Column ids of the scan that are the same for a whole file, with their fields and places in the source.</summary>
    private static Dictionary<int, (Field Field, int Place)> KnownColumns(LogicalScan scan, FileTableSource source)
    {
        var known = new Dictionary<int, (Field, int)>();
        var afterPartitions = source.FileSchema.Count + source.PartitionSchema.Count;
        for (var i = 0; i < scan.Columns.Length; i++)
        {
            var place = scan.SourceColumns[i];
            var field = source.Schema[place];
            if ((place >= source.FileSchema.Count && place < afterPartitions) || field == HiddenColumns.Path)
            {
                known[scan.Columns[i].Id] = (field, place - source.FileSchema.Count);
            }
        }

        return known;
    }

    private static Dictionary<int, object?> Values(PartitionedFile file, Dictionary<int, (Field Field, int Place)> known, IConstantEvaluator constants) =>
        known.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Field == HiddenColumns.Path
                ? file.File.Path
                : constants.Evaluate(new Cast(new Literal(file.PartitionValues[pair.Value.Place], DataType.Varchar), pair.Value.Field.Type, IsTry: true)));

    /// <summary>A condition that raises an error is left for the rows to raise.</summary>
    private static bool MayHold(Expression term, Dictionary<int, object?> values, IConstantEvaluator constants)
    {
        try
        {
            return constants.Evaluate(term, values) is true;
        }
        catch (QueryException)
        {
            return true;
        }
    }
}
