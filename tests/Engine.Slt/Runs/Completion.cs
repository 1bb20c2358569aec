using Engine.Slt.Answers;
using Engine.Slt.Scripts;

namespace Engine.Slt.Runs;

/// <summary><c>--complete</c>: writes what the engine answers into a script, for the queries that expect nothing yet. A reviewer reads the difference.</summary>
internal static class Completion
{
    public static void Complete(string path, SltFlavour flavour, RunOptions options)
    {
        var text = File.ReadAllText(path);
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList();
        var additions = new SortedDictionary<int, IEnumerable<string>>(Comparer<int>.Create((a, b) => b.CompareTo(a)));
        var check = new AnswerCheck(flavour);
        ScriptRun.Run(SltReader.Read(path, flavour, text), options, (record, answer) =>
        {
            if (record.Expected is null)
            {
                additions[record.SqlEnd - 1] = [.. check.Write(record, answer).Prepend("----")];
            }
        });
        foreach (var (line, rows) in additions)
        {
            lines.InsertRange(line, rows);
        }

        File.WriteAllText(path, string.Join('\n', lines));
    }
}
