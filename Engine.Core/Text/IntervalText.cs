using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>Intervals as PostgreSQL writes them: <c>1 year 2 mons 3 days 04:05:06.5</c>.</summary>
public static class IntervalText
{
    public const int MaxLength = 96;

    /// <summary>Reads PostgreSQL's forms: units with numbers, a clock part, <c>ago</c>, and ISO 8601 (<c>P1Y2M3DT4H5M6S</c>).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Interval value) => new IntervalReader(AsciiText.Trim(text)).TryRead(out value);

    public static int Format(Interval value, Span<byte> target)
    {
        var writer = new PartWriter(target);
        writer.Add(value.Months / 12, "year"u8);
        writer.Add(value.Months % 12, "mon"u8);
        writer.Add(value.Days, "day"u8);
        writer.AddClock(value.Micros);
        return writer.Written;
    }

    private ref struct PartWriter(Span<byte> target)
    {
        private readonly Span<byte> _target = target;
        private bool _wasNegative;

        public int Written { get; private set; }

        public void Add(int count, ReadOnlySpan<byte> unit)
        {
            if (count == 0)
            {
                return;
            }

            if (Written > 0)
            {
                Put((byte)' ');
            }

            // A part after a negative one shows its sign, so that it is not taken to share it.
            if (_wasNegative && count > 0)
            {
                Put((byte)'+');
            }

            Written += IntegerText.Format(count, _target[Written..]);
            Put((byte)' ');
            unit.CopyTo(_target[Written..]);
            Written += unit.Length;
            if (count != 1)
            {
                Put((byte)'s');
            }

            _wasNegative = count < 0;
        }

        public void AddClock(long micros)
        {
            if (micros == 0 && Written > 0)
            {
                return;
            }

            if (Written > 0)
            {
                Put((byte)' ');
            }

            if (micros < 0)
            {
                Put((byte)'-');
            }
            else if (_wasNegative)
            {
                Put((byte)'+');
            }

            var magnitude = (ulong)(micros < 0 ? -micros : micros);
            var seconds = magnitude / 1_000_000;
            var hours = seconds / 3600;
            var width = Math.Max(2, IntegerText.CountDigits(hours));
            IntegerText.WriteDigits(hours, width, _target[Written..]);
            Written += width;
            Put((byte)':');
            IntegerText.WriteDigits(seconds / 60 % 60, 2, _target[Written..]);
            Written += 2;
            Put((byte)':');
            IntegerText.WriteDigits(seconds % 60, 2, _target[Written..]);
            Written += 2;
            Written += TimeText.WriteFraction((long)(magnitude % 1_000_000) * 1000, _target[Written..]);
        }

        private void Put(byte symbol) => _target[Written++] = symbol;
    }
}
