using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Errors;
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

    /// <summary>As many as the protocol can count.</summary>
    private const int MaxParameters = ushort.MaxValue;

    private readonly List<ParameterSlot?> _slots = [];
    private readonly Dictionary<int, TextForm> _forms = [];
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

    /// <summary>Whether a statement is only described, not run: its parameters have no values then, and those without a type get one by where they stand.</summary>
    public bool IsDescribed { get; init; }

    /// <summary>The types of parameters, of <c>$1</c> and on up to the highest that was met; text where no place wants another type.</summary>
    /// <exception cref="QueryException">42P18 when one has no type and was not met.</exception>
    public ImmutableArray<DataType> ParameterTypes => [.. Enumerable.Range(0, Math.Max(PositionalParameters.Length, _slots.Count)).Select(TypeOfParameter)];

    /// <summary>Values of <c>:name</c>.</summary>
    public ImmutableDictionary<string, Literal> NamedParameters { get; init; } = ImmutableDictionary<string, Literal>.Empty;

    /// <summary>The tables and views that were met so far, less those that views stand for.</summary>
    internal ISet<(string Schema, string Name)> Relations { get; } = new HashSet<(string Schema, string Name)>();

    /// <summary>How many views the statement being bound is inside of.</summary>
    internal int ViewDepth { get; set; }

    public LogicalColumn NewColumn(string name, DataType type, TextForm form = default)
    {
        var column = new LogicalColumn(_nextColumn++, name, type) { Form = form };
        if (form != default)
        {
            _forms[column.Id] = form;
        }

        return column;
    }

    /// <summary>What clients are told of a value: where it is a column, or a choice among such, what they are told of that.</summary>
    internal TextForm FormOf(Expression value) => value switch
    {
        ColumnReference column => _forms.GetValueOrDefault(column.Column),
        Call { Function: "pg_get_userbyid" or "current_catalog" or "current_schema" or "current_user" } => new TextForm(TextKind.Name),
        Case choice => CommonForm([.. choice.Results, choice.Else]),
        Coalesce choice => CommonForm(choice.Arguments),
        _ => default,
    };

    private TextForm CommonForm(ImmutableArray<Expression> values)
    {
        // Literals take the type of the others.
        var forms = values.Where(value => value is not Literal).Select(FormOf).Distinct().ToList();
        return forms is [{ Kind: not TextKind.Varying } form] ? form : default;
    }

    public int NewSharedPlan() => _nextSharedPlan++;

    /// <summary>The value of <c>$index</c>, or what stands for it while the statement is described; null when there is none.</summary>
    internal Literal? Parameter(int index)
    {
        var given = index >= 1 && index <= PositionalParameters.Length ? PositionalParameters[index - 1] : null;
        if (!IsDescribed || index is < 1 or > MaxParameters)
        {
            return given;
        }

        while (_slots.Count < index)
        {
            _slots.Add(null);
        }

        return (given ?? Literal.Null(DataType.Unknown)) with { Slot = _slots[index - 1] ??= new ParameterSlot() };
    }

    private DataType TypeOfParameter(int place)
    {
        if (place < PositionalParameters.Length && PositionalParameters[place].Type is { Kind: not TypeKind.Unknown } given)
        {
            return given;
        }

        return place < _slots.Count && _slots[place] is { } slot
            ? Coercion.Settled(slot.Type)
            : throw new QueryException(ErrorCodes.IndeterminateDatatype, $"could not determine data type of parameter ${place + 1}");
    }
}
