using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds calls with OVER: of window functions, and of aggregates over frames.</summary>
internal sealed class WindowBinder(ExpressionBinder expressions, CallBinder calls)
{
    private BindingContext Context => expressions.Context;

    public Expression Bind(Ast.FunctionCall call)
    {
        var name = call.Name.Last.Value;
        if (expressions.IsInWindow)
        {
            throw new QueryException(ErrorCodes.WindowingError, $"window function calls cannot be nested: {name}", call.Span);
        }

        if (expressions.IsInAggregate)
        {
            throw new QueryException(ErrorCodes.GroupingError, $"aggregate function calls cannot contain window function calls: {name}", call.Span);
        }

        if (expressions.Windows is not { } collector)
        {
            throw new QueryException(ErrorCodes.WindowingError, $"window functions are not allowed in {expressions.Clause}: {name}", call.Span);
        }

        var inner = expressions.ForWindow();
        var specification = Resolve(call.Over!, []);
        var partitionBy = specification.PartitionBy.Select(value => inner.Coercion.Settle(inner.Bind(value))).ToImmutableArray();
        var orderBy = specification.OrderBy.Select(item => SortBinder.BindKey(item, inner.Coercion.Settle(inner.Bind(item.Value)), Context.Mode)).ToImmutableArray();
        var frame = BindFrame(specification.Frame, orderBy);
        var bound = Context.Functions.FindWindow(name) is { } function ? BindFunction(function, call, frame, inner) : BindAggregate(call, frame, inner);
        return collector.Add(partitionBy, orderBy, bound, call.Span);
    }

    private static QueryException Error(string message, SourceSpan span) => new(ErrorCodes.WindowingError, message, span);

    private WindowCall BindFunction(WindowFunction function, Ast.FunctionCall call, WindowFrame frame, ExpressionBinder inner)
    {
        var name = function.Info.Name;
        if (call.Distinct || call.Filter is not null || !call.OrderBy.IsEmpty || !call.WithinGroup.IsEmpty)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"DISTINCT, FILTER and ORDER BY belong to aggregates; {name} is a window function", call.Span);
        }

        if (call.NullTreatment is not null && !function.CanIgnoreNulls)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"{name} has no values of which it could ignore NULLs", call.Span);
        }

        var arguments = call.Arguments.Select(argument => inner.Bind(argument.Value)).ToList();
        var chosen = new OverloadResolver(inner.Coercion).Resolve(function, arguments) ?? throw OverloadResolver.NoMatch(name, isOperator: false, arguments, call.Span);
        return new WindowCall(
            name,
            chosen.Arguments,
            chosen.Overload.Result([.. chosen.Arguments.Select(argument => argument.Type)]),
            IsDistinct: false,
            call.NullTreatment == Ast.NullTreatment.IgnoreNulls,
            Filter: null,
            [],
            frame);
    }

    private WindowCall BindAggregate(Ast.FunctionCall call, WindowFrame frame, ExpressionBinder inner)
    {
        var name = call.Name.Last.Value;
        if (Context.Functions.FindAggregate(name) is not { } function)
        {
            throw Context.Functions.FindScalar(name) is null
                ? new QueryException(ErrorCodes.UndefinedFunction, $"function {name} does not exist", call.Span, NearNames.Hint(name, Context.Functions.All.Select(info => info.Name)))
                : new QueryException(ErrorCodes.WrongObjectType, $"OVER specified, but {name} is not a window function nor an aggregate function", call.Span);
        }

        if (!call.WithinGroup.IsEmpty)
        {
            throw QueryException.NotSupportedYet($"OVER of the ordered-set aggregate {name}", call.Span);
        }

        var bound = new AggregateBinder(expressions, calls).BindCall(function, call, inner);
        return new WindowCall(
            bound.Function, bound.Arguments, bound.Type, bound.IsDistinct, call.NullTreatment == Ast.NullTreatment.IgnoreNulls, bound.Filter, bound.OrderBy, frame);
    }

    /// <summary>The window with what it takes from the one that it names.</summary>
    private Ast.WindowSpecification Resolve(Ast.WindowReference reference, ImmutableHashSet<string> open)
    {
        if (reference is Ast.NamedWindowReference named)
        {
            return Resolve(Find(named.Name, open), open.Add(named.Name.Value));
        }

        var window = (Ast.WindowSpecification)reference;
        if (window.BaseWindow is not { } name)
        {
            return window;
        }

        var known = Resolve(Find(name, open), open.Add(name.Value));
        if (!window.PartitionBy.IsEmpty)
        {
            throw Error($"cannot override PARTITION BY clause of window \"{name.Value}\"", window.Span);
        }

        if (!window.OrderBy.IsEmpty && !known.OrderBy.IsEmpty)
        {
            throw Error($"cannot override ORDER BY clause of window \"{name.Value}\"", window.Span);
        }

        return known.Frame is null
            ? window with { BaseWindow = null, PartitionBy = known.PartitionBy, OrderBy = window.OrderBy.IsEmpty ? known.OrderBy : window.OrderBy }
            : throw Error($"cannot copy window \"{name.Value}\" because it has a frame clause", window.Span);
    }

    private Ast.WindowSpecification Find(Ast.Identifier name, ImmutableHashSet<string> open) =>
        expressions.NamedWindows.FirstOrDefault(window => Scope.Matches(name, window.Name.Value)) is { } found && !open.Contains(found.Name.Value)
            ? found.Window
            : throw new QueryException(
                ErrorCodes.UndefinedObject, $"window \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, expressions.NamedWindows.Select(window => window.Name.Value)));

    private WindowFrame BindFrame(Ast.WindowFrame? frame, ImmutableArray<SortKey> orderBy)
    {
        if (frame is null)
        {
            return orderBy.IsEmpty ? WindowFrame.Partition : WindowFrame.Default;
        }

        if (frame.Start.Kind == Ast.FrameBoundKind.UnboundedFollowing)
        {
            throw Error("frame start cannot be UNBOUNDED FOLLOWING", frame.Start.Span);
        }

        if (frame.End.Kind == Ast.FrameBoundKind.UnboundedPreceding)
        {
            throw Error("frame end cannot be UNBOUNDED PRECEDING", frame.End.Span);
        }

        if (frame.Start.Kind > frame.End.Kind)
        {
            throw Error(
                frame.Start.Kind == Ast.FrameBoundKind.CurrentRow ? "frame starting from current row cannot have preceding rows" : "frame starting from following row cannot have preceding rows",
                frame.Span);
        }

        var unit = (FrameUnit)frame.Unit;
        if (unit == FrameUnit.Groups && orderBy.IsEmpty)
        {
            throw Error("GROUPS mode requires an ORDER BY clause", frame.Span);
        }

        return new WindowFrame(unit, BindBound(frame.Start, unit, orderBy, "starting"), BindBound(frame.End, unit, orderBy, "ending"), (FrameExclusion)frame.Exclusion);
    }

    private FrameBound BindBound(Ast.FrameBound bound, FrameUnit unit, ImmutableArray<SortKey> orderBy, string which)
    {
        var kind = (FrameBoundKind)bound.Kind;
        if (bound.Offset is null)
        {
            return new FrameBound(kind);
        }

        var offset = new ExpressionBinder(Context, Scope.Empty, unit.ToString().ToUpperInvariant()).Bind(bound.Offset);
        if (unit == FrameUnit.Range)
        {
            return new FrameBound(kind, Limit: BindLimit(kind, offset, orderBy, which, bound.Span));
        }

        var rows = Context.Constants.Evaluate(expressions.Coercion.Explicit(offset, DataType.BigInt, isTry: false, bound.Span)) switch
        {
            null => throw new QueryException(ErrorCodes.NullValueNotAllowed, $"frame {which} offset must not be null", bound.Span),
            long count and >= 0 => count,
            var negative => throw new QueryException(ErrorCodes.InvalidFrameSize, $"frame {which} offset must not be negative: {negative}", bound.Span),
        };
        return new FrameBound(kind, rows);
    }

    /// <summary>The key's value at the end of a RANGE frame: so much before or after that of the current row.</summary>
    private FrameLimit BindLimit(FrameBoundKind kind, Expression offset, ImmutableArray<SortKey> orderBy, string which, SourceSpan span)
    {
        if (orderBy is not [var key])
        {
            throw Error("RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column", span);
        }

        if (!key.Value.Type.IsNumeric && key.Value.Type.Kind is not (TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Interval))
        {
            throw new QueryException(
                ErrorCodes.FeatureNotSupported, $"RANGE with offset PRECEDING/FOLLOWING is not supported for column type {key.Value.Type}", span);
        }

        offset = key.Value.Type.IsNumeric ? Number(offset) : expressions.Coercion.Explicit(offset, DataType.Interval, isTry: false, span);
        Expression Number(Expression given) => given.Type.IsNumeric ? given : expressions.Coercion.Require(given, key.Value.Type, "RANGE");
        if (Context.Constants.Evaluate(offset) is not { } value)
        {
            throw new QueryException(ErrorCodes.NullValueNotAllowed, $"frame {which} offset must not be null", span);
        }

        var isNegative = value switch { Interval interval => interval.CompareTo(default) < 0, double number => number < 0, float number => number < 0, IConvertible number => number.ToInt64(null) < 0, Int128 number => number < 0, _ => false };
        if (isNegative)
        {
            throw new QueryException(ErrorCodes.InvalidFrameSize, $"invalid preceding or following size in window function", span);
        }

        // Integers are widened first, so that the ends of their range are no errors.
        var operand = key.Value.Type.IsInteger ? expressions.Coercion.Explicit(key.Value, new DecimalType(20, 0), isTry: false, span) : key.Value;
        var goesBack = kind == FrameBoundKind.Preceding != key.IsDescending;
        var limit = expressions.Call(goesBack ? "-" : "+", [operand, new Literal(value, offset.Type)], span);
        var type = CastRules.CommonType(limit.Type, key.Value.Type) ?? limit.Type;
        return new FrameLimit(expressions.Coercion.To(limit, type), expressions.Coercion.Explicit(key.Value, type, isTry: false, span));
    }
}
