using System.Text;
using Engine.Cli.Output;

namespace Engine.Cli.Repl;

/// <summary>Reads a line from the terminal with editing, history and completion. The usual keys of Emacs and arrows work.</summary>
internal sealed class LineEditor(History history, Func<string, int, IReadOnlyList<string>> complete)
{
    private readonly StringBuilder _text = new();
    private int _cursor;
    private string _prompt = string.Empty;

    /// <summary>The line, or null at the end of input (Ctrl-D on an empty line).</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public string? Read(string prompt)
    {
        _prompt = prompt;
        _text.Clear();
        _cursor = 0;
        history.Rewind();
        Draw();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (Translate(key))
            {
                case EditKey.Accept:
                    _cursor = _text.Length;
                    Draw();
                    Console.Write("\n");
                    return _text.ToString();
                case EditKey.End when _text.Length == 0:
                    Console.Write("\n");
                    return null;
                case EditKey.Cancel:
                    Console.Write("^C\n");
                    throw new OperationCanceledException();
                case EditKey.Complete:
                    Complete();
                    break;
                case var edit:
                    Edit(edit, key.KeyChar);
                    break;
            }

            Draw();
        }
    }

    private static EditKey Translate(ConsoleKeyInfo key) => (key.Key, key.Modifiers.HasFlag(ConsoleModifiers.Control)) switch
    {
        (ConsoleKey.Enter, _) => EditKey.Accept,
        (ConsoleKey.Tab, _) => EditKey.Complete,
        (ConsoleKey.D, true) => EditKey.End,
        (ConsoleKey.C, true) => EditKey.Cancel,
        (ConsoleKey.A, true) or (ConsoleKey.Home, _) => EditKey.Home,
        (ConsoleKey.E, true) or (ConsoleKey.End, _) => EditKey.LineEnd,
        (ConsoleKey.LeftArrow, true) => EditKey.WordLeft,
        (ConsoleKey.RightArrow, true) => EditKey.WordRight,
        (ConsoleKey.LeftArrow, _) or (ConsoleKey.B, true) => EditKey.Left,
        (ConsoleKey.RightArrow, _) or (ConsoleKey.F, true) => EditKey.Right,
        (ConsoleKey.UpArrow, _) or (ConsoleKey.P, true) => EditKey.Older,
        (ConsoleKey.DownArrow, _) or (ConsoleKey.N, true) => EditKey.Newer,
        (ConsoleKey.Backspace, _) or (ConsoleKey.H, true) => EditKey.EraseLeft,
        (ConsoleKey.Delete, _) => EditKey.EraseRight,
        (ConsoleKey.K, true) => EditKey.EraseToEnd,
        (ConsoleKey.U, true) => EditKey.EraseToStart,
        (ConsoleKey.W, true) => EditKey.EraseWord,
        _ => EditKey.Insert,
    };

    private void Edit(EditKey edit, char character)
    {
        switch (edit)
        {
            case EditKey.Home: _cursor = 0; break;
            case EditKey.LineEnd: _cursor = _text.Length; break;
            case EditKey.Left: _cursor = Math.Max(0, _cursor - 1); break;
            case EditKey.Right: _cursor = Math.Min(_text.Length, _cursor + 1); break;
            case EditKey.WordLeft: _cursor = WordStart(); break;
            case EditKey.WordRight: _cursor = WordEnd(); break;
            case EditKey.Older: Replace(history.Older(_text.ToString())); break;
            case EditKey.Newer: Replace(history.Newer()); break;
            case EditKey.EraseLeft when _cursor > 0: Erase(_cursor - 1, 1); break;
            case EditKey.EraseRight or EditKey.End when _cursor < _text.Length: Erase(_cursor, 1); break;
            case EditKey.EraseToEnd: Erase(_cursor, _text.Length - _cursor); break;
            case EditKey.EraseToStart: Erase(0, _cursor); break;
            case EditKey.EraseWord: Erase(WordStart(), _cursor - WordStart()); break;
            case EditKey.Insert when !char.IsControl(character): Insert(character.ToString()); break;
        }
    }

    private void Insert(string text)
    {
        _text.Insert(_cursor, text);
        _cursor += text.Length;
    }

    private void Erase(int start, int length)
    {
        _text.Remove(start, length);
        _cursor = start;
    }

    private void Replace(string? line)
    {
        if (line is not null)
        {
            _text.Clear().Append(line);
            _cursor = _text.Length;
        }
    }

    private int WordStart()
    {
        var place = _cursor;
        while (place > 0 && !char.IsLetterOrDigit(_text[place - 1]))
        {
            place--;
        }

        while (place > 0 && char.IsLetterOrDigit(_text[place - 1]))
        {
            place--;
        }

        return place;
    }

    private int WordEnd()
    {
        var place = _cursor;
        while (place < _text.Length && !char.IsLetterOrDigit(_text[place]))
        {
            place++;
        }

        while (place < _text.Length && char.IsLetterOrDigit(_text[place]))
        {
            place++;
        }

        return place;
    }

    /// <summary>Completes the word at the cursor as far as all candidates agree; shows them when that is no further.</summary>
    private void Complete()
    {
        var start = Completion.WordStart(_text.ToString(), _cursor);
        var word = _text.ToString(start, _cursor - start);
        var candidates = complete(_text.ToString(), _cursor);
        if (candidates.Count == 0)
        {
            return;
        }

        var common = candidates.Aggregate(CommonPrefix);
        if (candidates.Count == 1)
        {
            common += " ";
        }

        if (common.Length > word.Length)
        {
            Erase(start, word.Length);
            Insert(common);
        }
        else
        {
            Console.Write($"\n{string.Join("  ", candidates.Take(60))}\n");
        }
    }

    private static string CommonPrefix(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && char.ToLowerInvariant(a[length]) == char.ToLowerInvariant(b[length]))
        {
            length++;
        }

        return a[..length];
    }

    private void Draw()
    {
        // A line wider than the terminal scrolls sideways, so that one line of the screen is enough.
        var room = Math.Max(20, Console.WindowWidth) - DisplayWidth.Of(_prompt) - 1;
        var first = Math.Max(0, _cursor - room + 1);
        var shown = _text.ToString(first, Math.Min(_text.Length - first, room));
        var column = DisplayWidth.Of(_prompt) + DisplayWidth.Of(_text.ToString(first, _cursor - first));
        Console.Write($"\r{_prompt}{shown}\u001b[K\r{(column > 0 ? $"\u001b[{column}C" : string.Empty)}");
    }

    private enum EditKey : byte
    {
        Insert,
        Accept,
        End,
        Cancel,
        Complete,
        Home,
        LineEnd,
        Left,
        Right,
        WordLeft,
        WordRight,
        Older,
        Newer,
        EraseLeft,
        EraseRight,
        EraseToEnd,
        EraseToStart,
        EraseWord,
    }
}
