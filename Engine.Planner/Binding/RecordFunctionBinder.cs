using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds functions in FROM whose rows a column definition list tells, as <c>jsonb_to_recordset(document) AS t(a int, b text)</c>.</summary>
internal sealed class RecordFunctionBinder(BindingContext context, Scope? outer)
{
    public static bool IsRecordFunction(string name) => name is "json_to_record" or "jsonb_to_record" or "json_to_recordset" or "jsonb_to_recordset";

    /// <summary>Such a list belongs to functions of records alone.</summary>
    public static void RefuseColumns(Ast.FunctionRelation relation)
    {
        if (!relation.Columns.IsEmpty)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "a column definition list is only allowed for functions returning \"record\"", relation.Columns[0].Span);
        }
    }

    public RelationPlan Bind(Ast.FunctionRelation relation, ExpressionBinder expressions, SubqueryBinder subqueries)
    {
        var call = relation.Function;
        var name = call.Name.Last.Value;
        if (relation.Columns.IsEmpty)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "a column definition list is required for functions returning \"record\"", call.Span, $"Write {name}(...) AS t(a int, b text).");
        }

        if (relation.WithOrdinality)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "WITH ORDINALITY cannot be used with a column definition list", relation.Columns[0].Span);
        }

        var calls = new CallBinder(expressions);
        var isSet = name.EndsWith("set", StringComparison.Ordinal);
        var value = calls.Call(isSet ? "json_records" : "json_record", [.. call.Arguments.Select(argument => expressions.Bind(argument.Value))], call.Span);
        var record = context.NewColumn(name, DataType.Json);
        var input = subqueries.Attach(RelationBinder.OneRow());
        LogicalNode records = isSet
            ? new LogicalUnnest(input, [value], [record], Ordinality: null, KeepsEmpty: false)
            : new LogicalProject(input, [new Projection(record, value)]);

        var members = relation.Columns.Select(column => Member(record.Reference(), column, calls, expressions.Coercion)).ToList();
        return new RelationPlan(new LogicalProject(records, [.. members]), Scope.Of(members.Select(member => member.Column), name, outer));
    }

    /// <summary>A member of an object as a value of the column's type; NULL where there is none, or it is null.</summary>
    private Projection Member(Expression record, Ast.RelationColumn column, CallBinder calls, Coercion coercion)
    {
        var type = TypeNameBinder.Bind(column.Type, context.Tables);
        var key = new Literal(column.Name.Value, DataType.Varchar);
        var text = calls.Call("->>", [record, key], column.Span);
        Expression value = coercion.Explicit(text, type, isTry: false, column.Span);
        if (type is ArrayType { Element: var element })
        {
            // Written as a text, an array has PostgreSQL's braces.
            var document = calls.Call("->", [record, key], column.Span);
            var isText = calls.Call("=", [calls.Call("json_typeof", [document], column.Span), new Literal("string", DataType.Varchar)], column.Span);
            var items = calls.Call(element.Kind == TypeKind.Json ? "json_items" : "json_texts", [document], column.Span);
            value = new Case([new IsNull(text, IsNegated: false), isText], [Literal.Null(type), value], coercion.Explicit(items, type, isTry: false, column.Span));
        }
        else if (type.Kind == TypeKind.Json)
        {
            // A document keeps its quotes, and null is NULL.
            value = new Case([new IsNull(text, IsNegated: false)], [Literal.Null(type)], calls.Call("->", [record, key], column.Span));
        }

        return new Projection(context.NewColumn(column.Name.Value, type), value);
    }
}
