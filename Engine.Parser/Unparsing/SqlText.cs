using System.Text;
using Engine.Parser.Ast;
using Engine.Parser.Tokens;

namespace Engine.Parser.Unparsing;

/// <summary>The text being written, and how names and strings are spelled in it.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();

    public SqlText Add(string text)
    {
        _text.Append(text);
        return this;
    }

    public SqlText Add(char character)
    {
        _text.Append(character);
        return this;
    }

    /// <summary>The text when <paramref name="condition"/> holds.</summary>
    public SqlText AddIf(bool condition, string text) => condition ? Add(text) : this;

    /// <summary>What <paramref name="write"/> writes, in parentheses when it starts with a colon: behind a bracket that would be a slice.</summary>
    public SqlText Bound(Action write) => Protected(write, text => text[0] == ':');

    /// <summary>What <paramref name="write"/> writes, in parentheses when its text would be taken for something else here.</summary>
    public SqlText Protected(Action write, Func<string, bool> isMistaken)
    {
        var start = _text.Length;
        write();
        if (isMistaken(_text.ToString(start, _text.Length - start)))
        {
            _text.Insert(start, '(').Append(')');
        }

        return this;
    }

    /// <summary>A name where any name but a reserved word may stand.</summary>
    public SqlText Name(Identifier name) => Spelled(name, allowsReserved: false);

    /// <summary>A name behind AS or a dot, where reserved words are names too.</summary>
    public SqlText Label(Identifier name) => Spelled(name, allowsReserved: true);

    public SqlText Name(QualifiedName name)
    {
        Name(name.Parts[0]);
        for (var i = 1; i < name.Parts.Count; i++)
        {
            Add('.').Label(name.Parts[i]);
        }

        return this;
    }

    public SqlText String(string value)
    {
        _text.Append('\'').Append(value.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
        return this;
    }

    /// <summary>The items with commas between them.</summary>
    public SqlText List<T>(SyntaxList<T> items, Action<T> write)
        where T : notnull
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                Add(", ");
            }

            write(items[i]);
        }

        return this;
    }

    public SqlText Names(SyntaxList<Identifier> names) => List(names, name => Name(name));

    /// <summary><c> (a, b)</c>, or nothing for no columns.</summary>
    public SqlText Columns(SyntaxList<Identifier> columns) => columns.IsEmpty ? this : Add(" (").Names(columns).Add(')');

    /// <summary>Whether a word can be written as it is: folding it to lower case gives itself.</summary>
    public static bool IsBareWord(string word) =>
        word.Length > 0 && (char.IsAsciiLetterLower(word[0]) || word[0] == '_' || IsFolded(word[0])) &&
        word.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '$' || IsFolded(character));

    public override string ToString() => _text.ToString();

    private static bool IsFolded(char character) => character > '\u007f' && char.ToLowerInvariant(character) == character && !char.IsWhiteSpace(character) && character != '\ufeff';

    private SqlText Spelled(Identifier name, bool allowsReserved)
    {
        if (!name.Quoted && IsBareWord(name.Value) && (allowsReserved || !SqlKeywords.IsReserved(name.Value)))
        {
            return Add(name.Value);
        }

        _text.Append('"').Append(name.Value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }
}
