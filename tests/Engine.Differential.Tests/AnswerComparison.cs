using System.Globalization;

namespace Engine.Differential.Tests;

/// <summary>Whether two answers say the same, as bags of rows; spelling of numbers and times aside.</summary>
public static class AnswerComparison
{
    /// <returns>Null when they agree, else the first difference.</returns>
    public static string? Difference(Answer ours, Answer theirs)
    {
        if (ours.Error is not null || theirs.Error is not null)
        {
            return ours.Error is not null && theirs.Error is not null ? null : $"ours: {ours.Error ?? "rows"}; theirs: {theirs.Error ?? "rows"}";
        }

        if (ours.Rows.Count != theirs.Rows.Count)
        {
            return $"{ours.Rows.Count} rows, theirs {theirs.Rows.Count}";
        }

        var left = ours.Rows.Select(Normal).Order(StringComparer.Ordinal).ToList();
        var right = theirs.Rows.Select(Normal).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i] != right[i])
            {
                return $"row {i}: {left[i]}; theirs: {right[i]}";
            }
        }

        return null;
    }

    private static string Normal(string?[] row) => string.Join(" | ", row.Select(Normal));

    private static string Normal(string? cell)
    {
        switch (cell)
        {
            case null:
                return "NULL";
            case "t" or "true":
                return "true";
            case "f" or "false":
                return "false";
        }

        // Nine digits: the order of additions differs between engines, and so do the last digits of sums.
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number == 0 ? "0" : number.ToString("G9", CultureInfo.InvariantCulture);
        }

        return cell.EndsWith("+00", StringComparison.Ordinal) ? cell[..^3] : cell;
    }
}
