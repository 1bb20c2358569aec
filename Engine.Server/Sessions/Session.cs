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
using Engine.Server.Admission;
using Engine.Server.Copy;
using Engine.Server.Metadata;
using Engine.Server.Security;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>One user's conversation with the engine: settings and the statements that run under them, one at a time.</summary>
public sealed class Session(EmbeddedEngine engine, Account account) : IDisposable
{
    private readonly SessionTurn _turn = new(engine.Admission, account, engine.MemoryOf(account));
    private readonly MemoryCatalog _temporary = new(MemoryCatalog.TemporaryName, "pg_temp", engine.MemoryTables);
    private readonly List<Notice> _notices = [];

    /// <summary>What <c>now()</c> is: the same while a statement is bound and while it runs.</summary>
    private DateTime _statementTime = DateTime.UtcNow;

    public SessionSettings Settings { get; } = new();

    public EmbeddedEngine Engine => engine;

    /// <summary>What names of tables mean at this moment.</summary>
    public SessionNames Names => new(engine.Catalogs, engine.Files, _temporary, Settings["catalog"], SearchPath, MetadataSchema.Open) { Grants = Account.Grants };

    /// <summary>What was changed since BEGIN; null outside of a transaction.</summary>
    internal Transaction? Transaction => Transactions.Current;

    internal TransactionCommand Transactions => field ??= new TransactionCommand(this);

    /// <summary>Who asks, and what it may do.</summary>
    public Account Account => account;

    public string User => Account.Name;

    /// <summary>The client that it is for; null inside of a program.</summary>
    public ClientSession? Client { get; internal set; }

    /// <summary>The statement that runs, or ran last; null before the first.</summary>
    internal StatementRecord? LastStatement { get; private set; }

    /// <summary>What it was given of sequences.</summary>
    internal SessionSequences Sequences => field ??= new SessionSequences(this);

    internal SessionRandom Random { get; } = new();

    internal Cursors Cursors => field ??= new Cursors(this);

    private ImmutableArray<string> SearchPath =>
        [.. Settings["search_path"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(schema => schema.Trim('"')).Where(schema => schema != "$user")];

    internal PreparedStatements Prepared => field ??= new PreparedStatements(this);

    /// <summary>Values of <c>:name</c> in statements, untyped as literals are.</summary>
    public ImmutableDictionary<string, Literal> Parameters { get; set; } = ImmutableDictionary<string, Literal>.Empty;

    /// <summary>The statements of a text, in order.</summary>
    /// <exception cref="QueryException">A syntax error.</exception>
    public static IReadOnlyList<Ast.Statement> Parse(string sql) => [.. SqlParser.ParseStatements(sql)];

    /// <summary>Starts a statement. The result is to be read, then disposed, before the next one starts.</summary>
    public StatementResult Execute(Ast.Statement statement, CancellationToken cancellationToken) => Execute(statement, cancellationToken, []);

    /// <param name="statement">As above.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="parameters">Values of <c>$1</c> and on; text of type unknown takes the type that its place asks for.</param>
    internal StatementResult Execute(Ast.Statement statement, CancellationToken cancellationToken, ImmutableArray<Literal> parameters) =>
        Execute(statement, parameters, Record(statement, cancellationToken));

    /// <summary>As <see cref="Execute(Ast.Statement, CancellationToken)"/>, on a thread that may take its time, and when it is the session's turn.</summary>
    internal async Task<StatementResult> ExecuteAsync(Ast.Statement statement, ImmutableArray<Literal> parameters, CancellationToken cancellationToken)
    {
        var record = Record(statement, cancellationToken);
        if (SessionTurn.Waits(statement))
        {
            try
            {
                await _turn.EnterAsync(record.Queue, record.CancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                End(record, failure);
                throw;
            }

            record.Run(_turn.Leave);
        }

        return await Task.Run(() => Execute(statement, parameters, record), CancellationToken.None).ConfigureAwait(false);
    }

    private StatementRecord Record(Ast.Statement statement, CancellationToken cancellationToken)
    {
        _statementTime = DateTime.UtcNow;
        return LastStatement = engine.Statements.Start(User, StatementDispatch.NameOf(statement), statement.ToString(), cancellationToken);
    }

    private StatementResult Execute(Ast.Statement statement, ImmutableArray<Literal> parameters, StatementRecord record)
    {
        _notices.Clear();
        try
        {
            var result = Execute(statement, parameters, record.CancellationToken)
                .Watched(record, failure => End(record, failure), () => engine.Statements.End(record, new OperationCanceledException()));
            result.Notices = [.. _notices];
            return result;
        }
        catch (Exception failure)
        {
            End(record, failure);
            throw;
        }
    }

    /// <param name="statement">As above.</param>
    /// <param name="parameters">Values of <c>$1</c> and on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal StatementResult Execute(Ast.Statement statement, ImmutableArray<Literal> parameters, CancellationToken cancellationToken)
    {
        Transactions.Guard(statement, StatementDispatch.NameOf(statement));
        return Transactions.TryExecute(statement) ?? new StatementDispatch(this).Execute(statement, parameters, cancellationToken);
    }

    /// <summary>Says something beside the statement's result, unless the client wants to hear of worse only.</summary>
    internal void Notify(string message, ErrorCode? code = null)
    {
        if (Settings["client_min_messages"] is not ("warning" or "error" or "fatal" or "panic"))
        {
            _notices.Add(new Notice(code?.SqlState ?? "00000", message));
        }
    }

    /// <summary>Takes something out of memory, for good only when the transaction is committed.</summary>
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
        Transactions.Abandon();
        Cursors.CloseAll();
        _temporary.Clear();
    }

    /// <summary>The columns of a table or view.</summary>
    /// <param name="relation">Its name as SQL needs it.</param>
    /// <param name="cancellationToken">Ends the look at files.</param>
    internal ImmutableArray<LogicalColumn> Describe(string relation, CancellationToken cancellationToken) =>
        Binder.Bind(((Ast.QueryStatement)SqlParser.ParseStatement($"SELECT * FROM {relation}")).Query, NewBindingContext(cancellationToken)).Output;

    /// <summary>The tables and views that a view names.</summary>
    internal IEnumerable<(string Schema, string Name)> ReadBy(ViewEntry view, CancellationToken cancellationToken) => Binder.RelationsIn(view, NewBindingContext(cancellationToken));

    /// <summary>Runs a query that a statement stands for.</summary>
    internal StatementResult Query(string command, string sql, CancellationToken cancellationToken) =>
        Run(command, Plan(((Ast.QueryStatement)SqlParser.ParseStatement(sql)).Query, cancellationToken), cancellationToken);

    /// <summary>Drops the session's temporary tables and views.</summary>
    internal void DropTemporaryTables()
    {
        foreach (var (schema, name) in _temporary.Schemas.SelectMany(schema => _temporary.List(schema).Select(entry => (schema, entry.Name))).ToList())
        {
            Remove(_temporary, schema, name);
        }
    }

    /// <summary>Makes it a new session again.</summary>
    internal void Forget()
    {
        Cursors.CloseAll();
        Prepared.Clear();
        Sequences.Forget();
        DropTemporaryTables();
        Settings.Reset(name: null, span: null);
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

    /// <summary>What binding a statement needs to know.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="parameters">Values of <c>$1</c> and on; default for none.</param>
    /// <param name="isDescribed">Whether the statement is not to run, so that parameters need no values.</param>
    internal BindingContext NewBindingContext(CancellationToken cancellationToken, ImmutableArray<Literal> parameters = default, bool isDescribed = false)
    {
        var session = NewSessionContext(cancellationToken);
        return new BindingContext(engine.Functions, Names, new ConstantExpressionEvaluator(engine.Functions, session), session, cancellationToken)
        {
            Mode = Settings.Mode,
            NamedParameters = Parameters,
            PositionalParameters = parameters.IsDefault ? [] : parameters,
            IsDescribed = isDescribed,
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
        var pool = engine.MemoryOf(account).CreateChild("the query");
        var context = new QueryContext(
            pool,
            engine.Functions,
            NewSessionContext(cancellationToken),
            [.. engine.Connectors, new MetadataConnector(this)],
            engine.Spill,
            new ExecutionOptions(engine.Options.Threads, engine.Options.BatchRowCount, engine.Options.SpillsAlways));
        return StatementResult.Rows(command, plan, QueryExecution.Start(plan, context, engine.Workers, cancellationToken), pool.Dispose + afterwards, format);
    }

    /// <summary>Rows of text, as SHOW and EXPLAIN give them.</summary>
    internal StatementResult Table(string tag, ImmutableArray<string> columns, IEnumerable<ImmutableArray<string?>> rows, CancellationToken cancellationToken)
    {
        var schema = new Schema([.. columns.Select(column => new Field(column, DataType.Varchar))]);
        var values = rows.Select(row => row.Select(cell => (Expression)new Literal(cell, DataType.Varchar)).ToImmutableArray());
        return Run(tag, new ValuesNode([.. values], schema), cancellationToken);
    }

    private SessionContext NewSessionContext(CancellationToken cancellationToken) => new(
        (_statementTime.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, Settings.TimeZone, User) { Facts = new SessionFacts(this, cancellationToken), CancellationToken = cancellationToken };

    private void End(StatementRecord record, Exception? failure)
    {
        engine.Statements.End(record, failure);
        if (failure is not null)
        {
            Transactions.Fail();
        }
    }
}
