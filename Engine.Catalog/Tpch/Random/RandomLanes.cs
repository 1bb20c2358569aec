using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Catalog.Tpch.Random;

/// <summary>
/// Eight draws of a stream at once: a state that is n draws ahead is the state times the multiplier's n-th power, so that none has to wait for the one
/// before. The lanes are the same draw of eight rows, or the draws of up to eight items that hang on one row.
/// </summary>
internal struct RandomLanes
{
    public const int Count = 8;

    private readonly Vector512<ulong> _powers;
    private readonly ulong _stepPower;
    private ulong _state;

    /// <param name="stream">The stream.</param>
    /// <param name="row">The row of the first step.</param>
    /// <param name="draw">Which draw of its row, or item, the first lane is; from 0.</param>
    /// <param name="laneDraws">Draws from one lane to the next.</param>
    /// <param name="stepDraws">Draws from one step to the next.</param>
    public RandomLanes(RandomStream stream, long row, int draw, int laneDraws, int stepDraws)
    {
        Span<ulong> powers = stackalloc ulong[Count];
        for (var lane = 0; lane < Count; lane++)
        {
            powers[lane] = RandomStream.Power(draw + 1 + (lane * laneDraws));
        }

        _powers = Vector512.Create<ulong>(powers);
        _stepPower = RandomStream.Power(stepDraws);
        _state = stream.StateBefore(row);
    }

    /// <summary>The numbers of the next step, as <see cref="RandomStream.Uniform"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Next(long low, double range)
    {
        var products = _powers * _state;
        _state = RandomStream.Multiply(_state, _stepPower);
        var modulus = Vector512.Create((ulong)RandomStream.Modulus);
        var folded = (products & modulus) + (products >> 31);
        var states = Vector512.Min(folded, folded - modulus);
        return Vector512.ConvertToInt64Native(Vector512.ConvertToDouble(states.AsInt64()) / RandomStream.Modulus * range) + Vector512.Create(low);
    }
}
