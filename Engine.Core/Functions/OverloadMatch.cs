using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>Matches argument types against the parameters of overloads.</summary>
public static class OverloadMatch
{
    /// <summary>The overload that takes arguments of exactly these types, or null.</summary>
    public static ScalarOverload? Exact(ImmutableArray<ScalarOverload> overloads, ImmutableArray<Expression> arguments)
    {
        ImmutableArray<DataType> types = [.. arguments.Select(argument => argument.Type)];
        return overloads.FirstOrDefault(overload =>
            TakesLambdas(overload, arguments)
            && Resolve(overload.Parameters, overload.Variadic, types) is { } resolved
            && resolved.AsSpan().SequenceEqual(types.AsSpan()));
    }

    /// <summary>As <see cref="Exact(ImmutableArray{ScalarOverload}, ImmutableArray{Expression})"/>.</summary>
    public static AggregateOverload? Exact(ImmutableArray<AggregateOverload> overloads, ImmutableArray<DataType> types) =>
        overloads.FirstOrDefault(overload => Resolve(overload.Parameters, null, types) is { } resolved && resolved.AsSpan().SequenceEqual(types.AsSpan()));

    /// <summary>Whether the lambdas among the arguments stand where the overload wants some, with as many parameters.</summary>
    public static bool TakesLambdas(ScalarOverload overload, IReadOnlyList<Expression> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var wanted = i < overload.Parameters.Length && overload.Parameters[i] is LambdaParameter parameter ? parameter.Parameters.Length : 0;
            if (wanted != (arguments[i] is Lambda lambda ? lambda.Parameters.Length : 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The types that the arguments are to be cast to for these parameters, or null when they do not fit. An untyped literal fits every parameter.
    /// </summary>
    public static ImmutableArray<DataType>? Resolve(ImmutableArray<ParameterType> parameters, ParameterType? variadic, ImmutableArray<DataType> types)
    {
        if (types.Length < parameters.Length || (types.Length > parameters.Length && variadic is null))
        {
            return null;
        }

        var variables = new Dictionary<string, DataType>(StringComparer.Ordinal);
        for (var i = 0; i < types.Length; i++)
        {
            if (!Collect(i < parameters.Length ? parameters[i] : variadic!, types[i], variables))
            {
                return null;
            }
        }

        var resolved = ImmutableArray.CreateBuilder<DataType>(types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            if (Substitute(i < parameters.Length ? parameters[i] : variadic!, types[i], variables) is not { } type || !CastRules.IsImplicit(types[i], type))
            {
                return null;
            }

            resolved.Add(type);
        }

        return resolved.MoveToImmutable();
    }

    /// <summary>The types of a lambda's parameters, as far as the arguments' types say, or null when those do not fit.</summary>
    /// <param name="place">Where the lambda stands.</param>
    /// <param name="parameters">Of the overload.</param>
    /// <param name="types">Of the arguments; of lambdas their results, or null for those not bound yet.</param>
    public static ImmutableArray<DataType>? LambdaTypes(int place, ImmutableArray<ParameterType> parameters, IReadOnlyList<DataType?> types)
    {
        var variables = new Dictionary<string, DataType>(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (types[i] is { } type && !Collect(parameters[i], type, variables))
            {
                return null;
            }
        }

        var lambda = (LambdaParameter)parameters[place];
        return [.. lambda.Parameters.Select(parameter => Substitute(parameter, DataType.Unknown, variables)!)];
    }

    /// <summary>Widens the type variables of a parameter so that they take the argument too; false when they cannot.</summary>
    private static bool Collect(ParameterType parameter, DataType type, Dictionary<string, DataType> variables)
    {
        switch (parameter)
        {
            case AnyParameter any when !any.Equals(AnyParameter.Each):
                var common = variables.TryGetValue(any.Variable, out var known) ? CastRules.CommonType(known, type) : type;
                if (common is null)
                {
                    return false;
                }

                variables[any.Variable] = common;
                return true;
            case ArrayParameter array:
                return type.Kind == TypeKind.Unknown || (type is ArrayType argument && Collect(array.Element, argument.Element, variables));
            case MapParameter map:
                return type.Kind == TypeKind.Unknown
                    || (type is MapType entries && Collect(map.Key, entries.Key, variables) && Collect(map.Value, entries.Value, variables));
            case LambdaParameter lambda:
                return Collect(lambda.Result, type, variables);
            default:
                return true;
        }
    }

    private static DataType? Substitute(ParameterType parameter, DataType argument, Dictionary<string, DataType> variables)
    {
        switch (parameter)
        {
            case ExactParameter exact:
                return exact.Type;
            case DecimalParameter:
                return argument is DecimalType ? argument : argument.IsInteger ? CastRules.IntegerAsDecimal(argument) : null;
            case AnyParameter each when each.Equals(AnyParameter.Each):
                return argument.Kind == TypeKind.Unknown ? DataType.Varchar : argument;
            case AnyParameter any:
                // A variable that only untyped literals speak for is text, as in PostgreSQL.
                var type = variables.GetValueOrDefault(any.Variable);
                return type is null or { Kind: TypeKind.Unknown } ? DataType.Varchar : type;
            case ArrayParameter array:
                var list = argument as ArrayType;
                return Substitute(array.Element, list?.Element ?? DataType.Unknown, variables) is not { } item ? null
                    : item.Equals(list?.Element) ? list
                    : new ArrayType(item);
            case MapParameter map:
                var (key, value) = argument is MapType entries ? (entries.Key, entries.Value) : (DataType.Unknown, DataType.Unknown);
                return Substitute(map.Key, key, variables) is { } k && Substitute(map.Value, value, variables) is { } v ? new MapType(k, v) : null;
            case LambdaParameter lambda:
                return Substitute(lambda.Result, argument, variables);
            default:
                return null;
        }
    }
}
