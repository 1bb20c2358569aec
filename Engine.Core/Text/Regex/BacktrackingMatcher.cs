namespace Engine.Core.Text.Regex;

/// <summary>
/// Tries one way after the other. Fast for the patterns people write; where a pattern would take very many steps, it gives up and the caller
/// goes on with <see cref="PikeMatcher"/>, whose time is linear.
/// </summary>
internal sealed class BacktrackingMatcher(RegexProgram program)
{
    /// <summary>Entries on the stack of a choice: where to go on, and at which place.</summary>
    private const int ChoiceKind = 0;

    /// <summary>Entries that put an overwritten slot back.</summary>
    private const int RestoreKind = 1;

    /// <summary>Entries of a greedy loop that can give code points back.</summary>
    private const int GreedyKind = 2;

    /// <summary>Entries of a lazy loop that can take more.</summary>
    private const int LazyKind = 3;

    private const int EntryLength = 4;

    private readonly RegexInstruction[] _code = [.. program.Instructions];
    private readonly CodePointSet[] _sets = [.. program.Sets];
    private readonly byte[][] _texts = [.. program.Texts];
    private int[] _stack = new int[256];
    private int _top;
    private long _steps;

    /// <summary>Matches at exactly one place.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">The place.</param>
    /// <param name="isWhole">Whether the match must reach to the text's end.</param>
    /// <param name="slots">Filled with places.</param>
    /// <param name="steps">What may be spent; negative afterwards when it was not enough, and nothing is known.</param>
    public bool TryMatch(ReadOnlySpan<byte> text, int start, bool isWhole, int[] slots, ref long steps)
    {
        _top = 0;
        _steps = steps;
        var isMatch = Run(text, start, isWhole, slots);
        steps = _steps;
        return isMatch;
    }

    private bool Run(ReadOnlySpan<byte> text, int start, bool isWhole, int[] slots)
    {
        slots.AsSpan().Fill(-1);
        var pc = 0;
        var position = start;
        while (true)
        {
            if (--_steps < 0)
            {
                return false;
            }

            var isGood = true;
            ref readonly var instruction = ref _code[pc];
            switch (instruction.Operation)
            {
                case RegexOperation.Byte:
                    isGood = position < text.Length && text[position] == instruction.A;
                    position++;
                    break;
                case RegexOperation.Text:
                    var expected = _texts[instruction.A];
                    isGood = text.Length - position >= expected.Length && text.Slice(position, expected.Length).SequenceEqual(expected);
                    position += expected.Length;
                    break;
                case RegexOperation.Set:
                    var length = RegexText.Match(_sets[instruction.A], text, position);
                    isGood = length > 0;
                    position += length;
                    break;
                case RegexOperation.SetLoop:
                    isGood = RunGreedy(text, instruction, pc, ref position);
                    break;
                case RegexOperation.LazySetLoop:
                    isGood = RunLazy(text, instruction, pc, ref position);
                    break;
                case RegexOperation.Split:
                    Push(ChoiceKind, instruction.B, position, 0);
                    pc = instruction.A;
                    continue;
                case RegexOperation.Jump:
                    pc = instruction.A;
                    continue;
                case RegexOperation.Save:
                    Push(RestoreKind, instruction.A, slots[instruction.A], 0);
                    slots[instruction.A] = position;
                    break;
                case RegexOperation.Progress:
                    isGood = slots[instruction.A] != position;
                    break;
                case RegexOperation.Assert:
                    isGood = RegexText.Holds((RegexAssertion)instruction.A, text, position);
                    break;
                default:
                    if (!isWhole || position == text.Length)
                    {
                        return true;
                    }

                    isGood = false;
                    break;
            }

            if (isGood)
            {
                pc++;
            }
            else if (!TryBacktrack(text, slots, ref pc, ref position))
            {
                return false;
            }
        }
    }

    private void Push(int kind, int a, int b, int c)
    {
        if (_top + EntryLength > _stack.Length)
        {
            Array.Resize(ref _stack, _stack.Length * 2);
        }

        _stack[_top] = kind;
        _stack[_top + 1] = a;
        _stack[_top + 2] = b;
        _stack[_top + 3] = c;
        _top += EntryLength;
    }

    private bool RunGreedy(ReadOnlySpan<byte> text, in RegexInstruction loop, int pc, ref int position)
    {
        var set = _sets[loop.A];
        var least = position;
        var count = 0;
        while (count < loop.C)
        {
            var length = RegexText.Match(set, text, position);
            if (length == 0)
            {
                break;
            }

            position += length;
            count++;
            if (count <= loop.B)
            {
                least = position;
            }
        }

        // Loops count as many steps as they take.
        _steps -= count;
        if (count < loop.B)
        {
            return false;
        }

        if (position > least)
        {
            Push(GreedyKind, pc, least, position);
        }

        return true;
    }

    private bool RunLazy(ReadOnlySpan<byte> text, in RegexInstruction loop, int pc, ref int position)
    {
        var set = _sets[loop.A];
        for (var count = 0; count < loop.B; count++)
        {
            var length = RegexText.Match(set, text, position);
            if (length == 0)
            {
                return false;
            }

            position += length;
        }

        if (loop.C > loop.B)
        {
            Push(LazyKind, pc, position, loop.C == int.MaxValue ? int.MaxValue : loop.C - loop.B);
        }

        return true;
    }

    private bool TryBacktrack(ReadOnlySpan<byte> text, int[] slots, ref int pc, ref int position)
    {
        while (_top > 0)
        {
            _top -= EntryLength;
            var a = _stack[_top + 1];
            var b = _stack[_top + 2];
            switch (_stack[_top])
            {
                case RestoreKind:
                    slots[a] = b;
                    continue;
                case ChoiceKind:
                    (pc, position) = (a, b);
                    return true;
                case GreedyKind:
                    if (TryGiveBack(text, a, b, _stack[_top + 3], out position))
                    {
                        pc = a + 1;
                        return true;
                    }

                    continue;
                default:
                    if (TryTakeMore(text, a, b, _stack[_top + 3], out position))
                    {
                        pc = a + 1;
                        return true;
                    }

                    continue;
            }
        }

        return false;
    }

    /// <summary>Shortens a greedy loop to the next place where what follows can begin.</summary>
    private bool TryGiveBack(ReadOnlySpan<byte> text, int pc, int least, int current, out int position)
    {
        position = current;
        var next = _code[pc + 1];
        do
        {
            position = RegexText.StepBack(text, position);
            if (next.Operation == RegexOperation.Byte && position < text.Length && text[position] != next.A)
            {
                // Straight to the last place that has the byte.
                var found = text[least..(position + 1)].LastIndexOf((byte)next.A);
                if (found < 0)
                {
                    return false;
                }

                _steps -= position - least - found;
                position = least + found;
            }
        }
        while (position > least && position < text.Length && (text[position] & 0xC0) == 0x80);
        if (position > least)
        {
            Push(GreedyKind, pc, least, position);
        }

        return position >= least;
    }

    /// <summary>Lengthens a lazy loop by one code point, or on to the next place where what follows can begin.</summary>
    private bool TryTakeMore(ReadOnlySpan<byte> text, int pc, int current, int allowed, out int position)
    {
        var loop = _code[pc];
        var next = _code[pc + 1];
        var set = _sets[loop.A];
        position = current;
        while (true)
        {
            var length = RegexText.Match(set, text, position);
            if (length == 0 || allowed == 0)
            {
                return false;
            }

            position += length;
            _steps--;
            allowed -= allowed == int.MaxValue ? 0 : 1;
            if (next.Operation != RegexOperation.Byte || (position < text.Length && text[position] == next.A))
            {
                Push(LazyKind, pc, position, allowed);
                return true;
            }
        }
    }
}
