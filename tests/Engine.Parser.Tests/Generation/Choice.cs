using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>A seeded source of choices; depth runs out as trees grow, so that they end.</summary>
internal sealed class Choice(int seed)
{
    private static readonly string[] Words =
    [
        "a", "b", "c", "x1", "t_2", "orders", "amount", "user_id", "größe", "a$b", "date", "year", "month", "value", "key", "name", "type", "status",
        "format", "first", "last", "rows", "range", "groups", "filter", "over", "partition", "escape", "exclude", "replace", "text", "zone", "level", "at",
        "operator", "ignore", "nulls", "set", "by", "data", "no", "only", "ties", "current", "unbounded", "location", "options", "comment", "include",
        "map", "struct", "double", "char", "ordinality", "recursive", "materialized", "input", "temp", "view", "schema", "within", "local", "grouping",
    ];

    private static readonly string[] QuotedWords = ["A", "Select", "select", "two words", "quo\"te", "a.b", "日本", "😀", "1", "$path", "order", "'"];

    private static readonly string[] Texts =
        ["", "x", "it's", "100%", "a\\b", "line\nbreak", "tab\t", "--", "/*", "$1", "日本 😀", "\"", "{'a': 1}", ";", "?", "select 1", "2024-01-31", "1 day"];

    private readonly Random _random = new(seed);

    public static SourceSpan Span => default;

    public int Depth { get; private set; } = 4;

    /// <summary>Whether the tree should end here.</summary>
    public bool IsExhausted => Depth <= 0;

    public int Below(int count) => _random.Next(count);

    public bool Flip() => _random.Next(2) == 0;

    public bool Rarely() => _random.Next(5) == 0;

    public T Of<T>(params T[] items) => items[_random.Next(items.Length)];

    public T Any<T>()
        where T : struct, Enum => Of(Enum.GetValues<T>());

    public T? Maybe<T>(Func<T> make)
        where T : class => _random.Next(3) == 0 ? make() : null;

    /// <summary>One of several ways to go on, with less depth left.</summary>
    public T Branch<T>(params Func<T>[] ways) => Deeper(ways[_random.Next(ways.Length)]);

    public T Deeper<T>(Func<T> make)
    {
        Depth--;
        try
        {
            return make();
        }
        finally
        {
            Depth++;
        }
    }

    public SyntaxList<T> List<T>(int min, int max, Func<T> make)
        where T : notnull => Enumerable.Range(0, _random.Next(min, (IsExhausted ? min : max) + 1)).Select(_ => make()).ToSyntaxList();

    public string Text() => Of(Texts);

    public Identifier Name() => _random.Next(4) == 0 ? new Identifier(Of(QuotedWords), Quoted: true, Span) : Plain(Of(Words));

    /// <summary>A name without special meaning anywhere.</summary>
    public Identifier PlainName() => Plain(Of("a", "b", "c", "x1", "t_2", "orders", "amount"));

    public static Identifier Plain(string word) => new(word, Quoted: false, Span);

    public QualifiedName Qualified() => new(List(1, 3, Name), Span);

    public SyntaxList<Identifier> Names(int min) => List(min, 3, Name);
}
