using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>LIKE and ILIKE.</summary>
internal static unsafe class LikeFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("like(text, pattern, escape)", "Whether the text matches a pattern of % (any text) and _ (any character).", "('abc' LIKE 'a%') = true", "~~"),
            [Overload(TextInfo.Two, ignoresCase: false), Overload(TextInfo.Three, ignoresCase: false)]),
        new(
            TextInfo.Of("ilike(text, pattern, escape)", "As like, whatever the case of letters.", "('ABC' ILIKE 'a_c') = true", "~~*"),
            [Overload(TextInfo.Two, ignoresCase: true), Overload(TextInfo.Three, ignoresCase: true)]),
    ];

    /// <summary>
    /// Bad constant patterns fail when the kernel is made, so that no value of the text can make a row fail; that keeps LIKE over dictionaries a test
    /// of each entry.
    /// </summary>
    private static ScalarOverload Overload(ImmutableArray<ParameterType> parameters, bool ignoresCase) =>
        new(parameters, _ => DataType.Boolean, binding => Bind(binding, ignoresCase));

    private static ScalarKernel Bind(ScalarBinding binding, bool ignoresCase)
    {
        var hasEscape = binding.ArgumentTypes.Length > 2;
        var escape = hasEscape ? null : "\\";
        if (hasEscape && binding.Constants.TryGetValue(2, out var given))
        {
            escape = given as string;
        }

        LikePattern? prepared = null;
        if (escape is not null && binding.Constants.TryGetValue(1, out var constant) && constant is string pattern)
        {
            prepared = LikePattern.Parse(Encoding.UTF8.GetBytes(pattern), Encoding.UTF8.GetBytes(escape), ignoresCase);
        }

        return (in context, arguments, rowCount) =>
        {
            var cells = new RowArguments(context, arguments);
            var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
            var result = new BooleanColumn(rowCount, new BufferSlice(bits), ResultValidity.Of(arguments, rowCount, context.Pool));
            try
            {
                if (prepared is not null)
                {
                    Run(prepared, new TextArgument(arguments[0]), bits.Pointer, rowCount);
                }
                else
                {
                    RunEach(cells, result, bits.Pointer, rowCount, ignoresCase);
                }

                return result;
            }
            catch (Core.Errors.QueryException error)
            {
                result.Dispose();
                throw error.At(context.Span);
            }
        };
    }

    private static void Run(LikePattern pattern, TextArgument values, byte* bits, int rowCount)
    {
        if (!values.IsConstant && !pattern.Needle.IsEmpty && TextSearch.TryMark(values.Column, pattern.Needle, bits))
        {
            // Without the needle no text matches; with it, some may still not.
            for (var row = 0; !pattern.IsNeedleAlone && row < rowCount; row++)
            {
                if (Bitmap.Get(bits, row) && !pattern.Matches(values[row]))
                {
                    Bitmap.Clear(bits, row);
                }
            }

            return;
        }

        new Span<byte>(bits, Bitmap.ByteCount(rowCount)).Clear();
        for (var row = 0; row < rowCount; row++)
        {
            if (pattern.Matches(values[row]))
            {
                Bitmap.Set(bits, row);
            }
        }
    }

    private static void RunEach(RowArguments cells, BooleanColumn result, byte* bits, int rowCount, bool ignoresCase)
    {
        for (var row = 0; row < rowCount; row++)
        {
            if (!result.IsNull(row))
            {
                var escape = cells.Count > 2 ? cells.Text(2, row) : "\\"u8;
                if (LikePattern.Parse(cells.Text(1, row), escape, ignoresCase).Matches(cells.Text(0, row)))
                {
                    Bitmap.Set(bits, row);
                }
            }
        }
    }
}
