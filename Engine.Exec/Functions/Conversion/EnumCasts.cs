using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>Casts from one enum to another, by their words.</summary>
internal static class EnumCasts
{
    public static ScalarKernel Bind(EnumType from, EnumType to, bool isTry)
    {
        int[] places = [.. from.Labels.Select(label => to.Labels.IndexOf(label))];
        return (in context, arguments, rowCount) =>
        {
            using var builder = new FixedBuilder<int>(to, context.Pool);
            var values = new FixedArgument<int>(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                if (arguments[0].IsNull(row) || (isTry && places[values[row]] < 0))
                {
                    builder.AppendNull();
                }
                else
                {
                    builder.Append(places[values[row]] is var place and >= 0 ? place : throw Casts.Invalid(from.Labels[values[row]], to).At(context.Span));
                }
            }

            return builder.Finish();
        };
    }
}
