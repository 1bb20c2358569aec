using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>What binding one statement needs to know, and the ids it gives out.</summary>
public sealed class BindingContext(
    IFunctionCatalog functions, ITableResolver tables, IConstantEvaluator constants, SessionContext session, CancellationToken cancellationToken)
{
    /// <summary>Views may stand on views; deeper than this they stand on themselves.</summary>
    public const int MaxViewDepth = 32;

    private int _nextColumn;

    public IFunctionCatalog Functions { get; } = functions;

    public ITableResolver Tables { get; } = tables;

    public IConstantEvaluator Constants { get; } = constants;

    public SessionContext Session { get; } = session;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The schema that an unqualified table name is looked up in first.</summary>
    public string DefaultSchema { get; init; } = "public";

    /// <summary>Which way names go that clash.</summary>
    public SqlMode Mode { get; init; }

    /// <summary>Values of <c>$1</c> and on.</summary>
    public ImmutableArray<Literal> PositionalParameters { get; init; } = [];

    /// <summary>Values of <c>:name</c>.</summary>
    public ImmutableDictionary<string, Literal> NamedParameters { get; init; } = ImmutableDictionary<string, Literal>.Empty;

    /// <summary>How many views the statement being bound is inside of.</summary>
    internal int ViewDepth { get; set; }

    public LogicalColumn NewColumn(string name, DataType type) => new(_nextColumn++, name, type);
}

/// <summary>A common table that is in reach: its query is bound anew at each use.</summary>
/// <param name="Table">The declaration.</param>
/// <param name="Visible">The common tables that its query sees.</param>
/// <param name="IsSelfReference">Whether the name is used inside its own query.</param>
internal sealed record CommonTableScope(
    Ast.CommonTable Table, ImmutableDictionary<string, CommonTableScope> Visible, bool IsSelfReference = false);
