using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Planner.Binding;

/// <summary>Chooses among the overloads of a function: fewest and smallest conversions win, as in PostgreSQL.</summary>
internal sealed class OverloadResolver(Coercion coercion)
{
    /// <summary>The chosen overload and the arguments brought to its types; null when none fits.</summary>
    public (ScalarOverload Overload, ImmutableArray<Expression> Arguments)? Resolve(ScalarFunction function, IReadOnlyList<Expression> arguments)
    {
        ImmutableArray<DataType> types = [.. arguments.Select(argument => argument.Type)];
        var chosen = Best(
            function.Overloads,
            overload => OverloadMatch.TakesLambdas(overload, arguments) ? OverloadMatch.Resolve(overload.Parameters, overload.Variadic, types) : null,
            types,
            overload => overload.AllowsCoercion);
        return chosen is { } best ? (best.Overload, Convert(arguments, best.Types)) : null;
    }

    /// <summary>As for scalar functions.</summary>
    public (AggregateOverload Overload, ImmutableArray<Expression> Arguments)? Resolve(AggregateFunction function, IReadOnlyList<Expression> arguments)
    {
        ImmutableArray<DataType> types = [.. arguments.Select(argument => argument.Type)];
        var chosen = Best(function.Overloads, overload => OverloadMatch.Resolve(overload.Parameters, null, types), types, _ => true);
        return chosen is { } best ? (best.Overload, Convert(arguments, best.Types)) : null;
    }

    /// <summary>As for scalar functions.</summary>
    public (WindowOverload Overload, ImmutableArray<Expression> Arguments)? Resolve(WindowFunction function, IReadOnlyList<Expression> arguments)
    {
        ImmutableArray<DataType> types = [.. arguments.Select(argument => argument.Type)];
        var chosen = Best(function.Overloads, overload => OverloadMatch.Resolve(overload.Parameters, null, types), types, _ => true);
        return chosen is { } best ? (best.Overload, Convert(arguments, best.Types)) : null;
    }

    /// <summary>The error for a call that no overload fits.</summary>
    public static QueryException NoMatch(string name, bool isOperator, IReadOnlyList<Expression> arguments, SourceSpan? span)
    {
        var types = arguments.Select(argument => argument.Type.ToString()).ToList();
        var call = (isOperator, types.Count) switch
        {
            (true, 1) => $"operator does not exist: {name} {types[0]}",
            (true, _) => $"operator does not exist: {types[0]} {name} {types[1]}",
            _ => $"function {name}({string.Join(", ", types)}) does not exist",
        };
        return new QueryException(
            ErrorCodes.UndefinedFunction, call, span, "Add a cast to make the types fit; TRY_CAST(x AS type) gives NULL where the text is no such value.");
    }

    private static (T Overload, ImmutableArray<DataType> Types)? Best<T>(
        ImmutableArray<T> overloads, Func<T, ImmutableArray<DataType>?> resolve, ImmutableArray<DataType> types, Func<T, bool> allowsCoercion)
        where T : class
    {
        (T Overload, ImmutableArray<DataType> Types)? best = null;
        var bestCost = int.MaxValue;
        foreach (var overload in overloads)
        {
            if (resolve(overload) is not { } resolved)
            {
                continue;
            }

            var cost = 0;
            var isExact = true;
            for (var i = 0; i < types.Length; i++)
            {
                cost += Cost(types[i], resolved[i]);
                isExact &= types[i].Equals(resolved[i]) || types[i].Kind == TypeKind.Unknown;
            }

            if (cost < bestCost && (isExact || allowsCoercion(overload)))
            {
                best = (overload, resolved);
                bestCost = cost;
            }
        }

        return best;
    }

    /// <summary>How far a conversion is. An untyped literal is most likely text, then a double; a number would rather stay in its family.</summary>
    private static int Cost(DataType from, DataType to)
    {
        if (from.Equals(to))
        {
            return 0;
        }

        return (from, to) switch
        {
            ({ Kind: TypeKind.Unknown }, { Kind: TypeKind.Varchar }) => 1,
            ({ Kind: TypeKind.Unknown }, { Kind: TypeKind.Double or TypeKind.Timestamp }) => 2,
            ({ Kind: TypeKind.Unknown }, _) => 3,
            ({ IsInteger: true }, { IsInteger: true }) => to.Kind - from.Kind,
            ({ IsInteger: true }, DecimalType) => 8,
            ({ IsNumeric: true }, { Kind: TypeKind.Double }) => 12,
            ({ IsNumeric: true }, { Kind: TypeKind.Real }) => 14,
            _ => 4,
        };
    }

    private ImmutableArray<Expression> Convert(IReadOnlyList<Expression> arguments, ImmutableArray<DataType> types) =>
        [.. arguments.Select((argument, i) => coercion.To(argument, types[i]))];
}
