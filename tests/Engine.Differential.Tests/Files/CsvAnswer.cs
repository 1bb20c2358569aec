using System.Text;
using Engine.Cli;

namespace Engine.Differential.Tests.Files;

/// <summary>What <c>qe --format csv</c> writes, as an answer: an empty unquoted field is NULL.</summary>
public static class CsvAnswer
{
    public static Answer Ask(string sql, string catalog)
    {
        var file = Path.GetTempFileName();
        try
        {
            CommandLine.Run(["--catalog", catalog, "--threads", "1", "--format", "csv", "-o", file, sql]).ShouldBe(CommandLine.ExitOk, sql);
            var records = Parse(Encoding.UTF8.GetString(File.ReadAllBytes(file)));
            return new Answer([.. records[0].Select(name => name ?? string.Empty)], [], records[1..], null);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<string?[]> Parse(string text)
    {
        var records = new List<string?[]>();
        var record = new List<string?>();
        for (var place = 0; place < text.Length; place++)
        {
            var start = place;
            var isQuoted = text[place] == '"';
            if (isQuoted)
            {
                for (place++; text[place] != '"' || (place + 1 < text.Length && text[place + 1] == '"'); place++)
                {
                    place += text[place] == '"' ? 1 : 0;
                }

                record.Add(text[(start + 1)..place++].Replace("\"\"", "\"", StringComparison.Ordinal));
            }
            else
            {
                place = text.IndexOfAny([',', '\n'], place);
                record.Add(place == start ? null : text[start..place]);
            }

            text[place].ShouldBeOneOf(',', '\n');
            if (text[place] == '\n')
            {
                records.Add([.. record]);
                record.Clear();
            }
            else if (text[place + 1] == '\n')
            {
                // A record that ends with an empty field.
                record.Add(null);
                records.Add([.. record]);
                record.Clear();
                place++;
            }
        }

        return records;
    }
}
