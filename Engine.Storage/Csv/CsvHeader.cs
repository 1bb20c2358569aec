using System.Globalization;

namespace Engine.Storage.Csv;

/// <summary>Makes column names out of what stands in header records.</summary>
internal static class CsvHeader
{
    /// <summary>One name a column from stacked header records: what stands above each other, joined by a blank.</summary>
    public static string[] Join(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 1)
        {
            return rows[0];
        }

        var names = new string[rows.Max(row => row.Length)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = string.Join(' ', rows.Where(row => i < row.Length && row[i].Length > 0).Select(row => row[i]));
        }

        return names;
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
