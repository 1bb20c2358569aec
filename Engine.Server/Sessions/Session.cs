using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;
using Engine.Parser;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Planner.Physical;
using Engine.Planner.Rules;
using Engine.Server.Copy;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>One user's conversation with the engine: settings and the statements that run under them, one at a time.</summary>
public sealed class Session(EmbeddedEngine engine)
{
    public SessionSettings Settings { get; } = new();

    public EmbeddedEngine Engine => engine;

    private PreparedStatements Prepared => field ??= new PreparedStatements(this);

    /// <summary>Values of <c>:name</c> in statements, untyped as literals are.</summary>
    public ImmutableDictionary<string, Literal> Parameters { get; set; } = ImmutableDictionary<string, Literal>.Empty;

    /// <summary>The statements of a text, in order.</summary>
    /// <exception cref="QueryException">A syntax error.</exception>
    public static IReadOnlyList<Ast.Statement> Parse(string sql) => [.. SqlParser.ParseStatements(sql)];

    /// <summary>Starts a statement. The result is to be read, then disposed, before the next one starts.</summary>
    public StatementResult Execute(Ast.Statement statement, CancellationToken cancellationToken) => statement switch
    {
        Ast.QueryStatement query => Run("SELECT", Plan(query.Query, cancellationToken), cancellationToken),
        Ast.CopyStatement copy => new CopyCommand(this).Execute(copy, cancellationToken),
        Ast.ExplainStatement explain => new ExplainCommand(this).Execute(explain, cancellationToken),
        Ast.ShowStatement show => new ShowCommand(this).Execute(show, cancellationToken),
        Ast.ShowVariableStatement variable => new ShowCommand(this).Execute(variable, cancellationToken),
        Ast.DescribeRelationStatement describe => new DescribeCommand(this).Execute(describe, cancellationToken),
        Ast.DescribeQueryStatement describe => new DescribeCommand(this).Execute(describe, cancellationToken),
        Ast.SetStatement set => Set(set),
        Ast.ResetStatement reset => Reset(reset),
        Ast.UseStatement use => Use(use),
        Ast.PrepareStatement prepare => Prepared.Prepare(prepare),
        Ast.ExecuteStatement execute => Prepared.Execute(execute, cancellationToken),
        Ast.DeallocateStatement deallocate => Prepared.Deallocate(deallocate),
        _ => throw QueryException.NotSupportedYet(NameOf(statement), statement.Span),
    };

    /// <summary>The optimized physical plan of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <param name="parameters">Values of <c>$1</c> and on; default for none.</param>
    /// <param name="trace">Where each rule that ran is noted; null when nobody asks.</param>
    internal PlanNode Plan(Ast.Query query, CancellationToken cancellationToken, ImmutableArray<Literal> parameters = default, ICollection<RuleTrace>? trace = null)
    {
        var context = NewBindingContext(cancellationToken, parameters);
        return PhysicalPlanner.Plan(Optimize(Binder.Bind(query, context), context, trace));
    }

    internal LogicalNode Optimize(LogicalNode plan, BindingContext context, ICollection<RuleTrace>? trace)
    {
        var disabled = Settings["disabled_rules"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return Optimizer.Optimize(plan, new RuleContext(context), disabled, trace);
    }

    internal BindingContext NewBindingContext(CancellationToken cancellationToken, ImmutableArray<Literal> parameters = default)
    {
        var session = NewSessionContext();
        return new BindingContext(engine.Functions, engine.Catalog, new ConstantExpressionEvaluator(engine.Functions, session), session, cancellationToken)
        {
            DefaultSchema = Settings["search_path"],
            Mode = Settings.Mode,
            NamedParameters = Parameters,
            PositionalParameters = parameters.IsDefault ? [] : parameters,
        };
    }

    internal StatementResult Run(string command, PlanNode plan, CancellationToken cancellationToken, CopyFormat? format = null)
    {
        plan = engine.Options.SerializesPlans ? PlanSerializer.Deserialize(PlanSerializer.Serialize(plan)) : plan;
        var pool = engine.Memory.CreateChild("the query");
        var context = new QueryContext(
            pool,
            engine.Functions,
            NewSessionContext(),
            engine.Connectors,
            engine.Spill,
            new ExecutionOptions(engine.Options.Threads, engine.Options.BatchRowCount, engine.Options.SpillsAlways));
        return StatementResult.Rows(command, QueryExecution.Start(plan, context, engine.Workers, cancellationToken), pool.Dispose, format);
    }

    /// <summary>Rows of text, as SHOW and EXPLAIN give them.</summary>
    internal StatementResult Table(string tag, ImmutableArray<string> columns, IEnumerable<ImmutableArray<string?>> rows, CancellationToken cancellationToken)
    {
        var schema = new Schema([.. columns.Select(column => new Field(column, DataType.Varchar))]);
        var values = rows.Select(row => row.Select(cell => (Expression)new Literal(cell, DataType.Varchar)).ToImmutableArray());
        return Run(tag, new ValuesNode([.. values], schema), cancellationToken);
    }

    private static string NameOf(Ast.Statement statement)
    {
        // CreateTableAsStatement is "CREATE TABLE AS".
        var name = statement.GetType().Name[..^"Statement".Length];
        return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {c}" : c.ToString())).ToUpperInvariant();
    }

    private SessionContext NewSessionContext() => new(
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / 10, TimeZoneInfo.FindSystemTimeZoneById(Settings["timezone"]), Environment.UserName);

    private StatementResult Set(Ast.SetStatement set)
    {
        var name = set.Name.Last.Value;
        if (set.Values.IsEmpty)
        {
            Settings.Reset(name, set.Span);
        }
        else
        {
            Settings.Set(name, string.Join(',', set.Values.Select(ValueOf)), set.Span);
        }

        return StatementResult.Done("SET");
    }

    private static string ValueOf(Ast.Expression value) => value switch
    {
        Ast.StringLiteral text => text.Value,
        Ast.NumberLiteral number => number.Text,
        Ast.BooleanLiteral boolean => boolean.Value ? "on" : "off",
        _ => throw new QueryException(ErrorCodes.InvalidParameterValue, "a setting's value is a literal or a word", value.Span),
    };

    private StatementResult Reset(Ast.ResetStatement reset)
    {
        Settings.Reset(reset.Name?.Last.Value, reset.Span);
        return StatementResult.Done("RESET");
    }

    private StatementResult Use(Ast.UseStatement use)
    {
        var schema = use.Name.Last.Value;
        if (!engine.Catalog.Schemas.Contains(schema, StringComparer.OrdinalIgnoreCase))
        {
            throw new QueryException(
                ErrorCodes.UndefinedSchema, $"schema \"{schema}\" does not exist", use.Name.Span, NearNames.Hint(schema, engine.Catalog.Schemas));
        }

        Settings.Set("search_path", schema, use.Span);
        return StatementResult.Done("USE");
    }
}
