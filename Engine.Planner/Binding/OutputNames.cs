using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>The label of a select item without an alias: clients read results by it, so it follows PostgreSQL.</summary>
internal static class OutputNames
{
    public static string Of(Ast.Expression expression) => expression switch
    {
        Ast.ColumnReference column => column.Name.Last.Value,
        Ast.FunctionCall call => call.Name.Last.Value,
        Ast.FieldAccess access => access.Field.Value,
        Ast.CastExpression cast => IsCastOfUnnamed(cast) ? TypeLabel(cast.Type) : Of(cast.Operand),
        Ast.TypedLiteral typed => TypeLabel(typed.Type),
        Ast.IntervalLiteral => "interval",
        Ast.CaseExpression choice => choice.Else is Ast.ColumnReference or Ast.FunctionCall ? Of(choice.Else) : "case",
        Ast.SubscriptExpression subscript => Of(subscript.Operand),
        Ast.CollateExpression collate => Of(collate.Operand),
        Ast.ArrayConstructor or Ast.ArraySubquery => "array",
        Ast.RowConstructor => "row",
        Ast.ExistsExpression => "exists",
        Ast.SubqueryExpression { Query.Body: Ast.SelectBody { Items: [{ } item] } } => item.Alias?.Value ?? Of(item.Value),
        _ => "?column?",
    };

    /// <summary>Whether nothing but types say what a value is called; the outermost does.</summary>
    private static bool IsCastOfUnnamed(Ast.CastExpression cast) => cast.Operand is Ast.CastExpression inner ? IsCastOfUnnamed(inner) : cast.Operand is Ast.TypedLiteral || Of(cast.Operand) == "?column?";

    private static string TypeLabel(Ast.TypeName type) => type is Ast.SimpleTypeName simple
        ? TypeName.TryResolve(simple.Name.Last.Value, simple.Modifiers.AsSpan()) is { } known and not OidType ? LabelOf(simple.Name.Last.Value, known) : simple.Name.Last.Value
        : "array";

    /// <summary>PostgreSQL's own name of a type, where the one written is another spelling of it: int is int4.</summary>
    private static string LabelOf(string written, DataType type) => type.Kind == TypeKind.Varchar
        ? written switch { "character varying" => "varchar", "character" or "char" => "bpchar", "string" => "text", _ => written }
        : type is { IsNested: false } and not TimestampType { Unit: TimeUnit.Nanosecond } and not { Kind: TypeKind.TinyInt or TypeKind.Json } ? new PostgresType(type, MaxLength: null).InternalName : written;
}
