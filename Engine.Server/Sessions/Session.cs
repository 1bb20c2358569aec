using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
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
using Engine.Server.Tables;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>One user's conversation with the engine: settings and the statements that run under them, one at a time.</summary>
public sealed class Session(EmbeddedEngine engine) : IDisposable
{
    private readonly MemoryCatalog _temporary = new(MemoryCatalog.TemporaryName, "pg_temp", engine.MemoryTables);

    public SessionSettings Settings { get; } = new();

    public EmbeddedEngine Engine => engine;

    /// <summary>What names of tables mean at this moment.</summary>
    public SessionNames Names => new(engine.Catalogs, engine.Files, _temporary, Settings["catalog"], SearchPath);

    /// <summary>What was changed since BEGIN; null outside of a transaction.</summary>
    internal Transaction? Transaction { get; private set; }

    private ImmutableArray<string> SearchPath =>
        [.. Settings["search_path"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(schema => schema.Trim('"')).Where(schema => schema != "$user")];

    private PreparedStatements Prepared => field ??= new PreparedStatements(this);

    /// <summary>Values of <c>:name</c> in statements, untyped as literals are.</summary>
    public ImmutableDictionary<string, Literal> Parameters { get; set; } = ImmutableDictionary<string, Literal>.Empty;

    /// <summary>The statements of a text, in order.</summary>
    /// <exception cref="QueryException">A syntax error.</exception>
    public static IReadOnlyList<Ast.Statement> Parse(string sql) => [.. SqlParser.ParseStatements(sql)];

    /// <summary>Starts a statement. The result is to be read, then disposed, before the next one starts.</summary>
    public StatementResult Execute(Ast.Statement statement, CancellationToken cancellationToken) => Execute(statement, [], cancellationToken);

    /// <param name="statement">As above.</param>
    /// <param name="parameters">Values of <c>$1</c> and on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal StatementResult Execute(Ast.Statement statement, ImmutableArray<Literal> parameters, CancellationToken cancellationToken) => statement switch
    {
        Ast.QueryStatement query => Run("SELECT", Plan(query.Query, cancellationToken, parameters), cancellationToken),
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
        Ast.InsertStatement insert => new WriteCommand(this, parameters).Execute(insert, cancellationToken),
        Ast.UpdateStatement update => new WriteCommand(this, parameters).Execute(update, cancellationToken),
        Ast.DeleteStatement delete => new WriteCommand(this, parameters).Execute(delete, cancellationToken),
        Ast.TruncateStatement truncate => new WriteCommand(this, parameters).Execute(truncate, cancellationToken),
        Ast.CreateTableStatement create => new DefinitionCommand(this, parameters).Execute(create, cancellationToken),
        Ast.CreateTableAsStatement create => new DefinitionCommand(this, parameters).Execute(create, cancellationToken),
        Ast.CreateViewStatement create => new DefinitionCommand(this, parameters).Execute(create, cancellationToken),
        Ast.CreateSchemaStatement create => new DefinitionCommand(this, parameters).Execute(create),
        Ast.DropStatement drop => new DropCommand(this).Execute(drop, cancellationToken),
        Ast.AlterStatement alter => new AlterCommand(this).Execute(alter, cancellationToken),
        Ast.BeginStatement => Begin(),
        Ast.CommitStatement => End(transaction => transaction.Commit(), "COMMIT"),
        Ast.RollbackStatement => End(transaction => transaction.Rollback(), "ROLLBACK"),
        _ => throw QueryException.NotSupportedYet(NameOf(statement), statement.Span),
    };

    /// <summary>Takes a table or view out of memory, for good only when the transaction is committed.</summary>
    internal void Remove(MemoryCatalog catalog, string schema, string name)
    {
        if (Transaction is null)
        {
            catalog.Remove(schema, name);
        }
        else if (catalog.Detach(schema, name) is { } entry)
        {
            Transaction.Undo(() => catalog.TryAdd(schema, entry));
            if (entry is MemoryTable table)
            {
                Transaction.AtCommit(() => engine.MemoryTables.Drop(table.Table));
            }
        }
    }

    /// <summary>Ends the session: its temporary tables go, and what a transaction did not commit is taken back.</summary>
    public void Dispose()
    {
        End(transaction => transaction.Rollback(), "ROLLBACK");
        _temporary.Clear();
    }

    /// <summary>The optimized physical plan of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <param name="parameters">Values of <c>$1</c> and on; default for none.</param>
    /// <param name="trace">Where each rule that ran is noted; null when nobody asks.</param>
    internal PlanNode Plan(Ast.Query query, CancellationToken cancellationToken, ImmutableArray<Literal> parameters = default, ICollection<RuleTrace>? trace = null)
        => Plan(context => Binder.Bind(query, context), cancellationToken, parameters, trace);

    /// <summary>The optimized physical plan of what is bound to a logical one.</summary>
    /// <param name="bind">Binds it.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <param name="parameters">Values of <c>$1</c> and on; default for none.</param>
    /// <param name="trace">Where each rule that ran is noted; null when nobody asks.</param>
    internal PlanNode Plan(
        Func<BindingContext, LogicalNode> bind, CancellationToken cancellationToken, ImmutableArray<Literal> parameters = default, ICollection<RuleTrace>? trace = null)
    {
        var context = NewBindingContext(cancellationToken, parameters);
        return PhysicalPlanner.Plan(Optimize(bind(context), context, trace));
    }

    internal LogicalNode Optimize(LogicalNode plan, BindingContext context, ICollection<RuleTrace>? trace)
    {
        var disabled = Settings["disabled_rules"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return Optimizer.Optimize(plan, new RuleContext(context), disabled, trace);
    }

    internal BindingContext NewBindingContext(CancellationToken cancellationToken, ImmutableArray<Literal> parameters = default)
    {
        var session = NewSessionContext();
        return new BindingContext(engine.Functions, Names, new ConstantExpressionEvaluator(engine.Functions, session), session, cancellationToken)
        {
            Mode = Settings.Mode,
            NamedParameters = Parameters,
            PositionalParameters = parameters.IsDefault ? [] : parameters,
        };
    }

    /// <summary>Starts a plan.</summary>
    /// <param name="command">What the result is called.</param>
    /// <param name="plan">What runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="format">How the rows are to be written, where the statement says it.</param>
    /// <param name="afterwards">What is done when the result was read.</param>
    internal StatementResult Run(string command, PlanNode plan, CancellationToken cancellationToken, CopyFormat? format = null, Action? afterwards = null)
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
        return StatementResult.Rows(command, QueryExecution.Start(plan, context, engine.Workers, cancellationToken), pool.Dispose + afterwards, format);
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
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / 10, Settings.TimeZone, Environment.UserName);

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

    /// <summary><c>USE schema</c>, <c>USE catalog</c> and <c>USE catalog.schema</c>.</summary>
    private StatementResult Use(Ast.UseStatement use)
    {
        var names = Names;
        var last = use.Name.Last.Value;
        if (use.Name.IsSimple && names.Schemas.Contains(last, StringComparer.OrdinalIgnoreCase))
        {
            Settings.Set("search_path", last, use.Span);
            return StatementResult.Done("USE");
        }

        var first = use.Name.Parts[0];
        if (names.FindCatalog(first.Value) is not { } catalog)
        {
            throw use.Name.IsSimple
                ? new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{last}\" does not exist", use.Name.Span, NearNames.Hint(last, names.Schemas.Concat(names.Catalogs.Select(known => known.Name))))
                : new QueryException(ErrorCodes.UndefinedDatabase, $"catalog \"{first.Value}\" does not exist", first.Span, NearNames.Hint(first.Value, names.Catalogs.Select(known => known.Name)));
        }

        if (!use.Name.IsSimple && !catalog.HasSchema(last))
        {
            throw new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{last}\" does not exist", use.Name.Last.Span, NearNames.Hint(last, catalog.Schemas));
        }

        Settings.Set("catalog", catalog.Name, use.Span);
        Settings.Set("search_path", use.Name.IsSimple ? "public" : last, use.Span);
        return StatementResult.Done("USE");
    }

    private StatementResult Begin()
    {
        Transaction ??= new Transaction(engine.MemoryTables);
        return StatementResult.Done("BEGIN");
    }

    private StatementResult End(Action<Transaction> how, string tag)
    {
        if (Transaction is { } transaction)
        {
            using (transaction)
            {
                Transaction = null;
                how(transaction);
            }
        }

        return StatementResult.Done(tag);
    }
}
