using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Mathematics;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Numbers in texts, by the templates of <see cref="NumberFormat"/>.</summary>
internal static class NumberTextFunctions
{
    /// <summary>Digits behind the point when the template is not known beforehand.</summary>
    private const int UnknownScale = 10;

    /// <summary>Digits behind the point that PostgreSQL shows of numbers that V divides by a power of ten.</summary>
    private const int ShiftedScale = 16;

    private static readonly DecimalType Unknown = new(DecimalType.MaxPrecision, UnknownScale);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("to_number(text, template)", "The number in a text, by PostgreSQL's templates.", "to_number('1,234.56-', '9G999D99S') = -1234.56"),
            [
                new([DataType.Varchar, DataType.Varchar], _ => Unknown, binding =>
                {
                    var type = (DecimalType)binding.ResultType;
                    var known = binding.Constants.GetValueOrDefault(1) is string constant ? new Lazy<NumberTemplate>(() => new NumberTemplate(constant)) : null;
                    return RowKernel.Strict<ColumnBuilder>(type, (a, row, result) =>
                    {
                        if (a.Text(1, row).IsEmpty)
                        {
                            result.AppendNull();
                            return;
                        }

                        RoundingFunctions.AppendDecimal(result, Read(known?.Value ?? new NumberTemplate(a.String(1, row)), a.Text(0, row), type));
                    });
                })
                {
                    CanFail = true,
                    ResultOfConstants = constants => TypeOf(constants.GetValueOrDefault(0) as string, constants.GetValueOrDefault(1) as string),
                },
            ]),
    ];

    private static Int128 Read(NumberTemplate template, ReadOnlySpan<byte> text, DecimalType type)
    {
        var (number, _) = NumberReader.Read(template, text);
        if (template.ShiftDigits > 0)
        {
            number = [.. number, .. Encoding.ASCII.GetBytes($"e-{template.ShiftDigits}")];
        }

        return DecimalText.TryParse(number, type.Precision, type.Scale, isStrict: false, out Int128 value)
            ? value
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"numeric field overflow: {Encoding.ASCII.GetString(number).Trim()} has more digits than {type}");
    }

    /// <summary>As many digits behind the point as the template has places for, or as the text has where it is constant too.</summary>
    private static DecimalType TypeOf(string? text, string? constant)
    {
        if (constant is null)
        {
            return Unknown;
        }

        try
        {
            var template = new NumberTemplate(constant);
            var scale = template.IsShifted ? ShiftedScale
                : text is null ? template.FractionDigits
                : NumberReader.Read(template, Encoding.UTF8.GetBytes(text)).Scale;
            scale = Math.Min(scale, DecimalType.MaxPrecision);
            return new DecimalType(Math.Clamp(template.WholeDigits + template.ShiftDigits + scale, 1, DecimalType.MaxPrecision), scale);
        }
        catch (QueryException)
        {
            // It is an error of the row that meets it, as there may be none.
            return Unknown;
        }
    }
}
