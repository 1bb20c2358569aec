using System.Globalization;

namespace Engine.Differential.Tests;

/// <summary>Whether two answers say the same, as bags of rows; spelling of numbers and times aside.</summary>
public static class AnswerComparison
{
    /// <param name="ours">The engine's.</param>
    /// <param name="theirs">The oracle's.</param>
    /// <param name="digits">Significant digits of numbers that count: the order of additions differs between engines, and so do the last digits of sums.</param>
    /// <returns>Null when they agree, else the first difference.</returns>
    public static string? Difference(Answer ours, Answer theirs, int digits = 9)
    {
        if (ours.Error is not null || theirs.Error is not null)
        {
            return ours.Error is not null && theirs.Error is not null ? null : $"ours: {ours.Error ?? "rows"}; theirs: {theirs.Error ?? "rows"}";
        }

        if (ours.Rows.Count != theirs.Rows.Count)
        {
            return $"{ours.Rows.Count} rows, theirs {theirs.Rows.Count}";
        }

        var left = ours.Rows.Select(row => Normal(row, digits)).Order(StringComparer.Ordinal).ToList();
        var right = theirs.Rows.Select(row => Normal(row, digits)).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i] != right[i])
            {
                return $"row {i}: {left[i]}; theirs: {right[i]}";
            }
        }

        return null;
    }

    private static string Normal(string?[] row, int digits) => string.Join(" | ", row.Select(cell => Normal(cell, digits)));

    private static string Normal(string? cell, int digits)
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

        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            // Averages of decimals have six fraction digits here, and more elsewhere.
            number = Math.Abs(number) < 1e9 ? Math.Round(number, 6) : number;
            return number == 0 ? "0" : number.ToString($"G{digits}", CultureInfo.InvariantCulture);
        }

        cell = Files.CanonicalJson.Of(cell);
        return cell.EndsWith("+00", StringComparison.Ordinal) ? cell[..^3] : cell;
    }
}
