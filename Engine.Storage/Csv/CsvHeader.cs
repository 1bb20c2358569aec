using System.Globalization;

namespace Engine.Storage.Csv;

/// <summary>Makes column names out of what stands in header records.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// One name a column from stacked header records: what stands above each other, joined by a blank. An upper name also counts for the empty
    /// cells to its right that have a name below them, as a heading over several columns does.
    /// </summary>
    public static string[] Join(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 1)
        {
            return rows[0];
        }

        var names = new string[rows.Max(row => row.Length)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = string.Join(' ', Enumerable.Range(0, rows.Count).Select(row => NameAt(rows, row, i)).Where(name => name.Length > 0));
        }

        return names;
    }

    private static string NameAt(IReadOnlyList<string[]> rows, int row, int column)
    {
        var names = rows[row];
        var isSpanned = row + 1 < rows.Count && column < rows[row + 1].Length && rows[row + 1][column].Length > 0;
        for (var i = Math.Min(column, names.Length - 1); isSpanned && i >= 0; i--)
        {
            if (names[i].Length > 0)
            {
                return names[i];
            }
        }

        return column < names.Length ? names[column] : string.Empty;
    }

    /// <summary>Names for every column: empty ones become column1, column2..., and of equal ones the later get a number.</summary>
    /// <param name="names">As in the file; null without header.</param>
    /// <param name="count">Columns wanted; more names than that are kept.</param>
    public static string[] MakeUnique(string[]? names, int count)
    {
        var unique = new string[Math.Max(count, names?.Length ?? 0)];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < unique.Length; i++)
        {
            var wanted = names is not null && i < names.Length && names[i].Length > 0 ? names[i] : "column" + (i + 1).ToString(CultureInfo.InvariantCulture);
            var name = wanted;
            for (var number = 1; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
            }

            unique[i] = name;
        }

        return unique;
    }
}
