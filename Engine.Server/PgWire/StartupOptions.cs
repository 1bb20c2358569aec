using System.Text;
using Engine.Core.Errors;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire;

/// <summary>Applies what a client wants set from the start.</summary>
internal static class StartupOptions
{
    /// <summary>Names that are no settings.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal) { "user", "database", "replication", "options" };

    /// <returns>What is not known here, for a notice.</returns>
    public static List<string> Apply(IReadOnlyDictionary<string, string> parameters, Session session)
    {
        var given = parameters.Where(pair => !Others.Contains(pair.Key)).Concat(Split(parameters.GetValueOrDefault("options") ?? string.Empty));
        var ignored = new List<string>();
        foreach (var (name, value) in given)
        {
            try
            {
                session.Settings.Set(name.ToLowerInvariant(), value.Trim('\''), span: null);
            }
            catch (QueryException error) when (error.Code == ErrorCodes.UndefinedObject)
            {
                ignored.Add(name);
            }
        }

        return ignored;
    }

    /// <summary>The settings of <c>-c name=value --name=value</c>; a backslash keeps the blank behind it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Split(string options)
    {
        var words = Words(options);
        for (var i = 0; i < words.Count; i++)
        {
            var setting = words[i] == "-c" && i + 1 < words.Count ? words[++i]
                : words[i].StartsWith("-c", StringComparison.Ordinal) || words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..]
                : string.Empty;
            if (setting.Split('=', 2) is [var name, var value])
            {
                yield return KeyValuePair.Create(name.Replace('-', '_'), value);
            }
        }
    }

    private static List<string> Words(string options)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == '\\' && i + 1 < options.Length)
            {
                word.Append(options[++i]);
            }
            else if (!char.IsWhiteSpace(options[i]))
            {
                word.Append(options[i]);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
