using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>Casts between booleans and integers: true is 1, and every number but 0 is true.</summary>
internal static class BooleanCasts
{
    public static ScalarKernel Bind(DataType from, DataType to) => (from.Kind == TypeKind.Boolean ? to : from).Kind switch
    {
        TypeKind.TinyInt => Bind<sbyte>(from, to),
        TypeKind.SmallInt => Bind<short>(from, to),
        TypeKind.Integer => Bind<int>(from, to),
        _ => Bind<long>(from, to),
    };

    private static ScalarKernel Bind<T>(DataType from, DataType to)
        where T : unmanaged, INumber<T> => from.Kind == TypeKind.Boolean ? ToNumber<T>(to) : FromNumber<T>();

    private static ScalarKernel ToNumber<T>(DataType to)
        where T : unmanaged, INumber<T> => (in context, arguments, rowCount) =>
        {
            using var builder = new FixedBuilder<T>(to, context.Pool);
            var values = new BooleanArgument(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                builder.Append(values[row] ? T.One : T.Zero);
                if (arguments[0].IsNull(row))
                {
                    builder.MakeLastNull();
                }
            }

            return builder.Finish();
        };

    private static ScalarKernel FromNumber<T>()
        where T : unmanaged, INumber<T> => (in context, arguments, rowCount) =>
        {
            using var builder = new BooleanBuilder(context.Pool);
            var values = new FixedArgument<T>(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                builder.Append(values[row] != T.Zero);
                if (arguments[0].IsNull(row))
                {
                    builder.MakeLastNull();
                }
            }

            return builder.Finish();
        };
}
