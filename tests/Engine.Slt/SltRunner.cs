using System.Text.RegularExpressions;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Server.Sessions;

namespace Engine.Slt;

/// <summary>Runs the records of a script in one session and lists what differs.</summary>
internal static class SltRunner
{
    /// <summary>Stands in statements for a folder of the run's own.</summary>
    private const string FolderName = "__TEST_DIR__";

    public static IReadOnlyList<string> Run(string path, string configuration, EmbeddedEngine engine, string disabledRules, string folder)
    {
        var session = engine.OpenSession();
        session.Settings.Set("disabled_rules", disabledRules, span: null);
        var complaints = new List<string>();
        foreach (var record in SltReader.Read(path, configuration))
        {
            if (Check(record with { Sql = record.Sql.Replace(FolderName, folder, StringComparison.Ordinal) }, session) is { } complaint)
            {
                complaints.Add($"{record.Place}: {complaint}\n    {record.Sql.ReplaceLineEndings("\n    ")}");
            }
        }

        return complaints;
    }

    private static string? Check(SltRecord record, Session session)
    {
        List<string[]> rows;
        try
        {
            rows = Execute(record.Sql, session);
        }
        catch (QueryException error)
        {
            var text = $"{error.Code.SqlState}: {error.Message}";
            return record.Expectation == SltExpectation.Error && Regex.IsMatch(text, record.ErrorPattern, RegexOptions.None, TimeSpan.FromSeconds(1))
                ? null
                : $"error {text}{(record.Expectation == SltExpectation.Error ? $", expected error {record.ErrorPattern}" : string.Empty)}";
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"internal error {error}";
        }

        return record.Expectation switch
        {
            SltExpectation.Error => $"no error, expected {record.ErrorPattern}",
            SltExpectation.Rows => Compare(record, rows),
            _ => null,
        };
    }

    private static List<string[]> Execute(string sql, Session session)
    {
        var rows = new List<string[]>();
        foreach (var statement in Session.Parse(sql))
        {
            rows.Clear();
            using var result = session.Execute(statement, CancellationToken.None);
            while (result.Schema is not null && result.Next() is { } batch)
            {
                using (batch)
                {
                    var places = batch.Selection is { } selection ? selection.Rows.ToArray() : Enumerable.Range(0, batch.RowCount).ToArray();
                    rows.AddRange(places.Select(row => batch.Columns.Select(column => Cell(ColumnText.ToString(column, row))).ToArray()));
                }
            }
        }

        return rows;
    }

    private static string Cell(string? value) => value switch { null => "NULL", "" => "(empty)", _ => value };

    private static string? Compare(SltRecord record, List<string[]> rows)
    {
        IEnumerable<string> actual = rows.Select(row => string.Join('\t', row));
        IEnumerable<string> expected = record.Expected;
        if (record.Sort == SltSort.Values)
        {
            actual = rows.SelectMany(row => row).Order(StringComparer.Ordinal);
            expected = expected.Order(StringComparer.Ordinal);
        }
        else if (record.Sort == SltSort.Rows)
        {
            actual = actual.Order(StringComparer.Ordinal);
            expected = expected.Order(StringComparer.Ordinal);
        }

        var got = actual.ToList();
        var wanted = expected.ToList();
        var isEqual = got.Count == wanted.Count && got.Zip(wanted).All(pair => pair.First == pair.Second || Spaced(pair.First) == Spaced(pair.Second));
        return isEqual ? null : $"expected\n      {string.Join("\n      ", wanted)}\n    got\n      {string.Join("\n      ", got)}";
    }

    /// <summary>Columns may be apart by any blanks.</summary>
    private static string Spaced(string line) => string.Join(' ', line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
