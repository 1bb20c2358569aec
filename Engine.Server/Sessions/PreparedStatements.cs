using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Planner;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>A statement that a session knows by name.</summary>
/// <param name="Name">Empty for the one that is replaced by the next.</param>
/// <param name="Statement">Null for a text without any.</param>
/// <param name="ParameterTypes">The types of <c>$1</c> and on; unknown, or left out at the end, where the statement says it.</param>
internal sealed record PreparedStatement(string Name, Ast.Statement? Statement, ImmutableArray<DataType> ParameterTypes)
{
    /// <summary>As the client wrote it, where it came by the protocol.</summary>
    public string? Text { get; init; }

    /// <summary>PostgreSQL's numbers of the types that the client declared, 0 for none: it expects to hear of the same ones.</summary>
    public ImmutableArray<int> DeclaredOids { get; init; } = [];

    /// <summary>Whether the type of a parameter, counted from 0, was declared.</summary>
    public bool HasType(int place) => place < ParameterTypes.Length && ParameterTypes[place].Kind != TypeKind.Unknown;
}

/// <summary>The prepared statements of a session, by PREPARE or by the protocol.</summary>
internal sealed class PreparedStatements(Session session)
{
    private readonly Dictionary<string, PreparedStatement> _byName = new(StringComparer.Ordinal);

    public IEnumerable<PreparedStatement> All => [.. _byName.Values.Where(prepared => prepared.Name.Length > 0)];

    public StatementResult Prepare(Ast.PrepareStatement prepare)
    {
        if (prepare.Statement is not (Ast.QueryStatement or Ast.InsertStatement or Ast.UpdateStatement or Ast.DeleteStatement or Ast.CreateTableAsStatement))
        {
            throw QueryException.NotSupportedYet("PREPARE of a statement other than a query, INSERT, UPDATE, DELETE and CREATE TABLE AS", prepare.Statement.Span);
        }

        Add(new PreparedStatement(prepare.Name.Value, prepare.Statement, [.. prepare.ParameterTypes.Select(type => Binder.BindType(type, session.Names))]), prepare.Name.Span);
        return StatementResult.Done("PREPARE");
    }

    /// <summary>Keeps a statement; only the one without name may be there already.</summary>
    public void Add(PreparedStatement prepared, SourceSpan? span)
    {
        if (prepared.Name.Length > 0 && _byName.ContainsKey(prepared.Name))
        {
            throw new QueryException(ErrorCodes.DuplicatePreparedStatement, $"prepared statement \"{prepared.Name}\" already exists", span, "DEALLOCATE it first.");
        }

        _byName[prepared.Name] = prepared;
    }

    public StatementResult Execute(Ast.ExecuteStatement execute, CancellationToken cancellationToken)
    {
        var prepared = Find(execute.Name.Value, execute.Name.Span);
        var arguments = Evaluate(execute, prepared, cancellationToken);
        return session.Execute(prepared.Statement!, arguments, cancellationToken);
    }

    public StatementResult Deallocate(Ast.DeallocateStatement deallocate)
    {
        if (deallocate.Name is null)
        {
            _byName.Clear();
            return StatementResult.Done("DEALLOCATE ALL");
        }

        Remove(Find(deallocate.Name.Value, deallocate.Name.Span).Name);
        return StatementResult.Done("DEALLOCATE");
    }

    public void Remove(string name) => _byName.Remove(name);

    /// <summary>DESCRIBE INPUT: the parameters with their types. DESCRIBE OUTPUT: the columns of a query.</summary>
    public StatementResult Describe(Ast.DescribePreparedStatement describe, CancellationToken cancellationToken)
    {
        var prepared = Find(describe.Name.Value, describe.Name.Span);
        var (parameters, columns) = new StatementDescriber(session).Describe(prepared, cancellationToken);
        return describe.Input
            ? session.Table(
                "DESCRIBE", ["position", "type"], parameters.Select((type, i) => ImmutableArray.Create<string?>((i + 1).ToString(CultureInfo.InvariantCulture), type.ToString())), cancellationToken)
            : session.Table("DESCRIBE", ["column", "type"], (columns ?? Schema.Empty).Select(column => ImmutableArray.Create<string?>(column.Name, column.Type.ToString())), cancellationToken);
    }

    public void Clear() => _byName.Clear();

    /// <exception cref="QueryException">26000 when there is none of that name.</exception>
    public PreparedStatement Find(string name, SourceSpan? span) => _byName.TryGetValue(name, out var prepared)
        ? prepared
        : throw new QueryException(
            ErrorCodes.InvalidStatementName,
            name.Length > 0 ? $"prepared statement \"{name}\" does not exist" : "unnamed prepared statement does not exist",
            span,
            NearNames.Hint(name, _byName.Keys.Where(known => known.Length > 0)));

    /// <summary>The arguments' values, of the types declared; text whose type is not declared takes the one that its place in the statement asks for.</summary>
    private ImmutableArray<Literal> Evaluate(Ast.ExecuteStatement execute, PreparedStatement prepared, CancellationToken cancellationToken)
    {
        if (execute.Arguments.Count < prepared.ParameterTypes.Length)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError,
                $"wrong number of parameters for prepared statement \"{prepared.Name}\": expected {prepared.ParameterTypes.Length}, got {execute.Arguments.Count}",
                execute.Span);
        }

        if (execute.Arguments.IsEmpty)
        {
            return [];
        }

        var typed = execute.Arguments.Select((argument, place) => prepared.HasType(place)
            ? new Ast.CastExpression(argument, SqlParser.ParseType(prepared.ParameterTypes[place].ToString()), IsTry: false, argument.Span)
            : argument);
        var items = typed.Select(argument => new Ast.SelectItem(argument, null, argument.Span));
        var select = new Ast.SelectBody(null, [.. items], [], null, null, null, [], null, execute.Span);
        var plan = session.Plan(new Ast.Query(null, select, [], null, null, execute.Span), cancellationToken);
        using var result = session.Run("EXECUTE", plan, cancellationToken);
        using var row = result.Next() ?? throw new System.Diagnostics.UnreachableException("a query without FROM has one row");
        return
        [
            .. execute.Arguments.Select((argument, place) => argument is Ast.StringLiteral text && !prepared.HasType(place)
                ? new Literal(text.Value, DataType.Unknown)
                : new Literal(ColumnValue.Get(row[place], 0), row[place].Type)),
        ];
    }
}
