using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Server.Tables;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>PREPARE, EXECUTE and DEALLOCATE: the statements that a session knows by name.</summary>
internal sealed class PreparedStatements(Session session)
{
    private readonly Dictionary<string, Ast.PrepareStatement> _byName = new(StringComparer.Ordinal);

    public StatementResult Prepare(Ast.PrepareStatement prepare)
    {
        if (prepare.Statement is not (Ast.QueryStatement or Ast.InsertStatement or Ast.UpdateStatement or Ast.DeleteStatement or Ast.CreateTableAsStatement))
        {
            throw QueryException.NotSupportedYet("PREPARE of a statement other than a query, INSERT, UPDATE, DELETE and CREATE TABLE AS", prepare.Statement.Span);
        }

        if (!_byName.TryAdd(prepare.Name.Value, prepare))
        {
            throw new QueryException(
                ErrorCodes.DuplicatePreparedStatement, $"prepared statement \"{prepare.Name.Value}\" already exists", prepare.Name.Span, "DEALLOCATE it first.");
        }

        return StatementResult.Done("PREPARE");
    }

    public StatementResult Execute(Ast.ExecuteStatement execute, CancellationToken cancellationToken)
    {
        var prepared = Find(execute.Name);
        var arguments = Evaluate(execute, prepared, cancellationToken);
        return session.Execute(prepared.Statement, arguments, cancellationToken);
    }

    public StatementResult Deallocate(Ast.DeallocateStatement deallocate)
    {
        if (deallocate.Name is null)
        {
            _byName.Clear();
        }
        else
        {
            _byName.Remove(Find(deallocate.Name).Name.Value);
        }

        return StatementResult.Done("DEALLOCATE");
    }

    /// <summary>DESCRIBE INPUT: the parameters with their declared types. DESCRIBE OUTPUT: the columns of a query.</summary>
    public StatementResult Describe(Ast.DescribePreparedStatement describe, CancellationToken cancellationToken)
    {
        var prepared = Find(describe.Name);
        var declared = prepared.ParameterTypes.Select(Binder.BindType).ToList();
        var context = session.NewBindingContext(cancellationToken, [.. declared.Select(Literal.Null)], isDescribed: true);
        var plan = prepared.Statement switch
        {
            Ast.QueryStatement query => Binder.Bind(query.Query, context),
            Ast.CreateTableAsStatement create => Binder.Bind(create.Query, context),
            var write => new WriteCommand(session, []).Bind(write, context, cancellationToken),
        };
        if (describe.Input)
        {
            var types = Enumerable.Range(0, Math.Max(declared.Count, context.HighestParameter)).Select(place => place < declared.Count ? declared[place] : DataType.Unknown);
            return session.Table(
                "DESCRIBE", ["position", "type"], types.Select((type, i) => ImmutableArray.Create<string?>((i + 1).ToString(CultureInfo.InvariantCulture), type.ToString())), cancellationToken);
        }

        var columns = prepared.Statement is Ast.QueryStatement ? plan.Output : [];
        return session.Table("DESCRIBE", ["column", "type"], columns.Select(column => ImmutableArray.Create<string?>(column.Name, column.Type.ToString())), cancellationToken);
    }

    public void Clear() => _byName.Clear();

    private Ast.PrepareStatement Find(Ast.Identifier name) => _byName.TryGetValue(name.Value, out var prepared)
        ? prepared
        : throw new QueryException(
            ErrorCodes.InvalidStatementName, $"prepared statement \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, _byName.Keys));

    /// <summary>The arguments' values, of the types declared; text whose type is not declared takes the one that its place in the statement asks for.</summary>
    private ImmutableArray<Literal> Evaluate(Ast.ExecuteStatement execute, Ast.PrepareStatement prepared, CancellationToken cancellationToken)
    {
        if (execute.Arguments.Count < prepared.ParameterTypes.Count)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError,
                $"wrong number of parameters for prepared statement \"{prepared.Name.Value}\": expected {prepared.ParameterTypes.Count}, got {execute.Arguments.Count}",
                execute.Span);
        }

        if (execute.Arguments.IsEmpty)
        {
            return [];
        }

        var typed = execute.Arguments.Select((argument, place) => place < prepared.ParameterTypes.Count
            ? new Ast.CastExpression(argument, prepared.ParameterTypes[place], IsTry: false, argument.Span)
            : argument);
        var items = typed.Select(argument => new Ast.SelectItem(argument, null, argument.Span));
        var select = new Ast.SelectBody(null, [.. items], [], null, null, null, [], null, execute.Span);
        var plan = session.Plan(new Ast.Query(null, select, [], null, null, execute.Span), cancellationToken);
        using var result = session.Run("EXECUTE", plan, cancellationToken);
        using var row = result.Next() ?? throw new System.Diagnostics.UnreachableException("a query without FROM has one row");
        return
        [
            .. execute.Arguments.Select((argument, place) => argument is Ast.StringLiteral text && place >= prepared.ParameterTypes.Count
                ? new Literal(text.Value, DataType.Unknown)
                : new Literal(ColumnValue.Get(row[place], 0), row[place].Type)),
        ];
    }
}
