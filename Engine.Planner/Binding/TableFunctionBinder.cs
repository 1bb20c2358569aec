using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds table functions: those that read files, as <c>read_FORMAT(paths, option =&gt; value ...)</c>, and <c>generate_series</c>.</summary>
internal sealed class TableFunctionBinder(BindingContext context, QueryBinder queries, RelationBinder relations, Scope? outer)
{
    /// <summary>Names that DuckDB's users know functions by.</summary>
    private static readonly FrozenDictionary<string, string> AsDuckDbHasIt = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["read_csv_auto"] = "read_csv",
        ["read_json_auto"] = "read_json",
        ["read_ndjson"] = "read_json",
        ["read_ndjson_auto"] = "read_json",
        ["parquet_scan"] = "read_parquet",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public RelationPlan Bind(Ast.FunctionRelation relation)
    {
        var call = relation.Function;
        var name = AsDuckDbHasIt.GetValueOrDefault(call.Name.Last.Value) ?? call.Name.Last.Value;
        if (context.Tables.FileFunctions.TryGetValue(name, out var format))
        {
            return relations.Scan(OpenFiles(name, format, relation), name);
        }

        if (RecordFunctionBinder.IsRecordFunction(name))
        {
            var (expressions, subqueries) = OverOneRow(name);
            return new RecordFunctionBinder(context, outer).Bind(relation, expressions, subqueries);
        }

        RecordFunctionBinder.RefuseColumns(relation);
        if (name is "generate_series" or "range")
        {
            return BindSeries(relation, isInclusive: name == "generate_series");
        }

        if (SeriesFunctions.RelationOf(name) is { } table && call.Arguments.IsEmpty && !relation.WithOrdinality)
        {
            return BindRelation(table, relation);
        }

        if (SeriesFunctions.ArrayFunctionOf(name) is not null)
        {
            return BindItems(relation, binder => binder.Items(name, [.. call.Arguments.Select(argument => binder.Bind(argument.Value))], call.Span));
        }

        return context.Functions.FindScalar(name) is not null
            ? BindScalar(relation)
            : throw new QueryException(
                ErrorCodes.UndefinedFunction,
                $"table function {name} does not exist",
                call.Span,
                NearNames.Hint(name, context.Tables.FileFunctions.Keys.Concat(SeriesFunctions.Names).Append("range")));
    }

    /// <summary>One row with the value of a plain function, as PostgreSQL has it.</summary>
    private RelationPlan BindScalar(Ast.FunctionRelation relation)
    {
        var name = relation.Function.Name.Last.Value;
        if (relation.WithOrdinality)
        {
            throw QueryException.NotSupportedYet($"WITH ORDINALITY of {name}", relation.Span);
        }

        var (expressions, subqueries) = OverOneRow(name);
        var value = expressions.Bind(relation.Function);
        var column = context.NewColumn(name, value.Type);
        return new RelationPlan(new LogicalProject(subqueries.Attach(RelationBinder.OneRow()), [new Projection(column, value)]), Scope.Of([column], name, outer));
    }

    /// <summary>What a relation of pg_catalog holds, under the name of the function.</summary>
    private RelationPlan BindRelation(string table, Ast.FunctionRelation relation)
    {
        var span = relation.Span;
        var reference = new Ast.TableReference(new Ast.QualifiedName([new Ast.Identifier("pg_catalog", Quoted: false, span), new Ast.Identifier(table, Quoted: false, span)], span), span);
        return relations.Bind(new Ast.AliasedRelation(reference, relation.Function.Name.Last, [], span));
    }

    /// <summary>What stands in the arguments of a function: subqueries, and columns of the relations before it.</summary>
    private (ExpressionBinder Expressions, SubqueryBinder Subqueries) OverOneRow(string name)
    {
        var scope = new Scope([], outer);
        var subqueries = new SubqueryBinder(context, queries, scope);
        return (new ExpressionBinder(context, scope, name) { Subqueries = subqueries }, subqueries);
    }

    /// <summary>The items of an array as rows.</summary>
    private RelationPlan BindItems(Ast.FunctionRelation relation, Func<ExpressionBinder, Expression> bind)
    {
        var name = relation.Function.Name.Last.Value;
        var (expressions, subqueries) = OverOneRow(name);
        var array = bind(expressions);
        var items = ((ArrayType)array.Type).Element is RowType row
            ? row.Fields.Select(field => context.NewColumn(field.Name, field.Type))
            : [context.NewColumn(SeriesFunctions.ColumnOf(name), ((ArrayType)array.Type).Element)];
        var ordinality = relation.WithOrdinality ? context.NewColumn("ordinality", DataType.BigInt) : null;
        var plan = new LogicalUnnest(subqueries.Attach(RelationBinder.OneRow()), [array], [.. items], ordinality, KeepsEmpty: false);
        return new RelationPlan(plan, Scope.Of(plan.Output.Skip(plan.Input.Output.Length), name, outer));
    }

    private TableSource OpenFiles(string function, string format, Ast.FunctionRelation relation)
    {
        var options = FormatOptions.None;
        Schema? columns = relation.Columns.IsEmpty
            ? null
            : new Schema([.. relation.Columns.Select(column => new Field(column.Name.Value, TypeNameBinder.Bind(column.Type, context.Tables)))]);
        var locations = new List<string>();
        var expressions = new ExpressionBinder(context, Scope.Empty, "a table function");
        foreach (var argument in relation.Function.Arguments)
        {
            if (argument.Name is null)
            {
                locations.AddRange(Texts(argument.Value, expressions));
            }
            else if (argument.Name.Value == "columns")
            {
                columns = Columns(argument.Value);
            }
            else
            {
                options = options.With(argument.Name.Value, string.Join(',', Texts(argument.Value, expressions)));
            }
        }

        return locations.Count > 0
            ? relations.OpenFiles(locations, format, options, columns, relation.Span)
            : throw new QueryException(ErrorCodes.UndefinedFunction, $"{function} takes a path as its first argument", relation.Span);
    }

    /// <summary>A constant, or each item of an array of constants, as text.</summary>
    private IEnumerable<string> Texts(Ast.Expression value, ExpressionBinder expressions)
    {
        if (value is Ast.ArrayConstructor array)
        {
            return array.Items.SelectMany(item => Texts(item, expressions));
        }

        var constant = context.Constants.Evaluate(expressions.Coercion.Explicit(expressions.Bind(value), DataType.Varchar, isTry: false, value.Span));
        return constant is string text ? [text] : throw new QueryException(ErrorCodes.InvalidParameterValue, "an option cannot be NULL", value.Span);
    }

    /// <summary><c>columns => {'id': 'bigint', 'ts': 'timestamp'}</c>.</summary>
    private static Schema Columns(Ast.Expression value)
    {
        var fields = value switch
        {
            Ast.StructConstructor row => row.Fields.Select(field => (field.Name.Value, field.Value)),
            Ast.MapConstructor map => map.Entries.Select(entry => (((entry.Key as Ast.StringLiteral) ?? throw Bad(entry.Key)).Value, entry.Value)),
            _ => throw Bad(value),
        };
        return new Schema([.. fields.Select(field => new Field(
            field.Item1, TypeName.Parse(((field.Item2 as Ast.StringLiteral) ?? throw Bad(field.Item2)).Value)))]);

        static QueryException Bad(Ast.Expression at) =>
            new(ErrorCodes.InvalidParameterValue, "columns are given as {'name': 'type', ...}", at.Span);
    }

    /// <summary>A series of integers; one with a NULL bound is empty.</summary>
    private RelationPlan BindSeries(Ast.FunctionRelation relation, bool isInclusive)
    {
        var call = relation.Function;
        var name = call.Name.Last.Value;
        var expressions = new ExpressionBinder(context, new Scope([], outer), name);
        var arguments = AsTyped(call.Arguments.Select(argument => expressions.Bind(argument.Value)).ToList(), expressions.Coercion, name);
        if (isInclusive && arguments.Count > 1 && (relation.WithOrdinality || arguments.Exists(argument => argument.ReferencedColumns().Any() || !CastRules.IsImplicit(argument.Type, DataType.BigInt))))
        {
            return BindItems(relation, _ => expressions.Items(name, arguments, call.Span));
        }

        if (arguments.Find(argument => argument.ReferencedColumns().Any()) is { } lateral)
        {
            throw QueryException.NotSupportedYet($"{name} over columns of other relations; generate_series takes them", lateral.Span);
        }

        var bounds = arguments.Select(argument => expressions.Coercion.Require(argument, DataType.BigInt, name)).Select(bound => context.Constants.Evaluate(bound)).ToList();
        if (bounds.Contains(null))
        {
            return relations.Scan(new SeriesTableSource(name, 1, 0, 1, IsInclusive: true), name);
        }

        var numbers = bounds.Select(bound => Convert.ToInt64(bound, CultureInfo.InvariantCulture)).ToList();
        var (start, stop, step) = numbers.Count switch
        {
            1 => (0L, numbers[0], 1L),
            2 => (numbers[0], numbers[1], 1L),
            3 => (numbers[0], numbers[1], numbers[2]),
            _ => throw new QueryException(ErrorCodes.UndefinedFunction, $"{name} takes 1 to 3 numbers, not {numbers.Count}", call.Span),
        };
        if (step == 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "step size cannot equal zero", call.Span);
        }

        var plan = relations.Scan(new SeriesTableSource(name, start, stop, step, isInclusive), name);
        return arguments.TrueForAll(argument => argument.Type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer) ? AsIntegers(plan, name, call.Span) : plan;
    }

    /// <summary>Untyped bounds, as parameters are, beside integers are integers too.</summary>
    private static List<Expression> AsTyped(List<Expression> bounds, Coercion coercion, string name)
    {
        var typed = bounds.Where(bound => bound.Type.Kind != TypeKind.Unknown).ToList();
        return typed.Count > 0 && typed.TrueForAll(bound => bound.Type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer)
            ? bounds.ConvertAll(bound => bound.Type.Kind == TypeKind.Unknown ? coercion.Require(bound, DataType.Integer, name) : bound)
            : bounds;
    }

    /// <summary>A series of integers has integers.</summary>
    private RelationPlan AsIntegers(RelationPlan plan, string name, SourceSpan span)
    {
        var number = context.NewColumn(name, DataType.Integer);
        var value = new Coercion(context.Constants).Explicit(plan.Root.Output[0].Reference(), DataType.Integer, isTry: false, span);
        return new RelationPlan(new LogicalProject(plan.Root, [new Projection(number, value)]), Scope.Of([number], name, outer));
    }
}
