namespace Engine.Core.Text.Regex;

/// <summary>
/// Follows all ways at once, each instruction at most once a place: time is the product of pattern and text lengths, whatever the pattern.
/// </summary>
internal sealed class PikeMatcher(RegexProgram program)
{
    private readonly RegexInstruction[] _code = [.. program.Instructions];
    private readonly Stack<(int Pc, int Slot, int Old)> _pending = new();
    private ThreadList _current = new(program);
    private ThreadList _next = new(program);

    /// <summary>Finds the first match from a place on.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, int start, bool isAnchored, bool isWhole, int[] slots)
    {
        var hasMatch = false;
        _current.Clear();
        var scratch = new int[program.SlotCount];
        for (var position = start; ; )
        {
            if (!hasMatch && (!isAnchored || position == start))
            {
                scratch.AsSpan().Fill(-1);
                AddThreads(_current, 0, position, text, scratch);
            }

            if (_current.Count == 0 && (hasMatch || isAnchored))
            {
                break;
            }

            // All ways advance by whole code points, so that they stay side by side.
            var step = Step(text, position);
            _next.Clear();
            for (var i = 0; i < _current.Count; i++)
            {
                var pc = _current.Pcs[i];
                if (_code[pc].Operation == RegexOperation.Match)
                {
                    if (isWhole && position != text.Length)
                    {
                        continue;
                    }

                    _current.Slots(i)[..program.CaptureSlotCount].CopyTo(slots);
                    hasMatch = true;
                    break;
                }

                if (RegexText.Match(program.Sets[_code[pc].A], text, position) > 0)
                {
                    _current.Slots(i).CopyTo(scratch);
                    AddThreads(_next, pc + 1, position + step, text, scratch);
                }
            }

            (_current, _next) = (_next, _current);
            if (position >= text.Length)
            {
                break;
            }

            position += step;
        }

        return hasMatch;
    }

    private static int Step(ReadOnlySpan<byte> text, int position)
    {
        if (position >= text.Length || text[position] < 128)
        {
            return 1;
        }

        System.Text.Rune.DecodeFromUtf8(text[position..], out _, out var length);
        return length;
    }

    /// <summary>Adds the instructions that consume text and can be reached from one without consuming any, the preferred first.</summary>
    private void AddThreads(ThreadList list, int start, int position, ReadOnlySpan<byte> text, int[] slots)
    {
        _pending.Push((start, -1, 0));
        while (_pending.TryPop(out var entry))
        {
            if (entry.Slot >= 0)
            {
                slots[entry.Slot] = entry.Old;
                continue;
            }

            var pc = entry.Pc;
            if (!list.TryVisit(pc))
            {
                continue;
            }

            var instruction = _code[pc];
            switch (instruction.Operation)
            {
                case RegexOperation.Jump:
                    _pending.Push((instruction.A, -1, 0));
                    break;
                case RegexOperation.Split:
                    _pending.Push((instruction.B, -1, 0));
                    _pending.Push((instruction.A, -1, 0));
                    break;
                case RegexOperation.Save:
                    _pending.Push((0, instruction.A, slots[instruction.A]));
                    slots[instruction.A] = position;
                    _pending.Push((pc + 1, -1, 0));
                    break;
                case RegexOperation.Progress:
                    // No instruction is visited twice at a place: an empty round ends by itself.
                    _pending.Push((pc + 1, -1, 0));
                    break;
                case RegexOperation.Assert:
                    if (RegexText.Holds((RegexAssertion)instruction.A, text, position))
                    {
                        _pending.Push((pc + 1, -1, 0));
                    }

                    break;
                default:
                    list.Add(pc, slots);
                    break;
            }
        }
    }

    /// <summary>Ways that stand at one place, each with the places it remembers.</summary>
    private sealed class ThreadList(RegexProgram program)
    {
        private readonly int[] _visitedIn = new int[program.Instructions.Length];
        private readonly int[] _slots = new int[program.Instructions.Length * program.SlotCount];
        private int _round;

        public int[] Pcs { get; } = new int[program.Instructions.Length];

        public int Count { get; private set; }

        public Span<int> Slots(int thread) => _slots.AsSpan(thread * program.SlotCount, program.SlotCount);

        public void Clear()
        {
            _round++;
            Count = 0;
        }

        public bool TryVisit(int pc)
        {
            var isNew = _visitedIn[pc] != _round;
            _visitedIn[pc] = _round;
            return isNew;
        }

        public void Add(int pc, int[] slots)
        {
            slots.CopyTo(Slots(Count));
            Pcs[Count++] = pc;
        }
    }
}
