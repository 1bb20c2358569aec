using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Kernels;

/// <summary>Appends the result for one row of strict text functions; a row may also be made NULL by <see cref="ColumnBuilder.AppendNull"/>.</summary>
internal delegate void TextRow(ReadOnlySpan<byte> value, TextBuilder result);

/// <summary>Runs functions of byte strings over columns.</summary>
internal static unsafe class TextKernel
{
    /// <summary>Text to text.</summary>
    public static ScalarKernel ToText(TextRow row) => (in context, arguments, rowCount) =>
    {
        using var builder = new TextBuilder(DataType.Varchar, context.Pool);
        var values = new TextArgument(arguments[0]);
        for (var i = 0; i < rowCount; i++)
        {
            if (arguments[0].IsNull(i))
            {
                builder.AppendNull();
            }
            else
            {
                row(values[i], builder);
            }
        }

        return builder.Finish();
    };

    /// <summary>Two texts to a boolean.</summary>
    public static ScalarKernel Test<TTest>()
        where TTest : struct, ITextTest => (in context, arguments, rowCount) =>
        {
            var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
            var left = new TextArgument(arguments[0]);
            var right = new TextArgument(arguments[1]);
            for (var i = 0; i < rowCount; i++)
            {
                if (TTest.Holds(left[i], right[i]))
                {
                    Bitmap.Set(bits.Pointer, i);
                }
            }

            return new BooleanColumn(rowCount, new BufferSlice(bits), ResultValidity.Of(arguments, rowCount, context.Pool));
        };
}

/// <summary>A condition on two byte strings.</summary>
internal interface ITextTest
{
    static abstract bool Holds(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);
}
