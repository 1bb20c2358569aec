using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>What binding one statement needs to know, and the ids it gives out.</summary>
public sealed class BindingContext(
    IFunctionCatalog functions, ITableResolver tables, IConstantEvaluator constants, SessionContext session, CancellationToken cancellationToken)
{
    /// <summary>Views may stand on views; deeper than this they stand on themselves.</summary>
    public const int MaxViewDepth = 32;

    private int _nextColumn;
    private int _nextSharedPlan;

    public IFunctionCatalog Functions { get; } = functions;

    /// <summary>What names of tables mean; inside a view, what they meant where it was created.</summary>
    public ITableResolver Tables { get; internal set; } = tables;

    public IConstantEvaluator Constants { get; } = constants;

    public SessionContext Session { get; } = session;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Which way names go that clash.</summary>
    public SqlMode Mode { get; init; }

    /// <summary>Values of <c>$1</c> and on.</summary>
    public ImmutableArray<Literal> PositionalParameters { get; init; } = [];

    /// <summary>Whether a parameter without a value is NULL: a statement is only described, not run.</summary>
    public bool AllowsMissingParameters { get; init; }

    /// <summary>The highest number of a parameter that was met.</summary>
    public int HighestParameter { get; internal set; }

    /// <summary>Values of <c>:name</c>.</summary>
    public ImmutableDictionary<string, Literal> NamedParameters { get; init; } = ImmutableDictionary<string, Literal>.Empty;

    /// <summary>How many views the statement being bound is inside of.</summary>
    internal int ViewDepth { get; set; }

    public LogicalColumn NewColumn(string name, DataType type) => new(_nextColumn++, name, type);

    public int NewSharedPlan() => _nextSharedPlan++;
}
