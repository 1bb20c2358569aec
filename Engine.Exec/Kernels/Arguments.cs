using System.Runtime.CompilerServices;
using Engine.Core.Columns;

namespace Engine.Exec.Kernels;

/// <summary>
/// Reads fixed-width arguments of kernels, flat or constant, without a branch per row: the row number is masked to 0 for a constant.
/// </summary>
internal readonly unsafe struct FixedArgument<T>
    where T : unmanaged
{
    private readonly T* _values;
    private readonly int _mask;

    public FixedArgument(Column argument)
    {
        IsConstant = argument is ConstantColumn;
        _values = ((FixedColumn)(argument is ConstantColumn constant ? constant.Value : argument)).Pointer<T>();
        _mask = IsConstant ? 0 : -1;
    }

    public bool IsConstant { get; }

    public T* Pointer => _values;

    public T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[row & _mask];
    }
}

/// <summary>As <see cref="ArgumentReader{T}"/>, for byte strings.</summary>
internal readonly struct TextArgument
{
    private readonly TextColumn _values;
    private readonly int _mask;

    /// <summary>The values, of which a constant has one.</summary>
    public TextColumn Column { get; }

    public TextArgument(Column argument)
    {
        IsConstant = argument is ConstantColumn;
        Column = _values = (TextColumn)(argument is ConstantColumn constant ? constant.Value : argument);
        _mask = IsConstant ? 0 : -1;
    }

    public bool IsConstant { get; }

    public ReadOnlySpan<byte> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values.Bytes(row & _mask);
    }
}

/// <summary>As <see cref="ArgumentReader{T}"/>, for booleans.</summary>
internal readonly struct BooleanArgument
{
    private readonly BooleanColumn _values;
    private readonly int _mask;

    public BooleanArgument(Column argument)
    {
        IsConstant = argument is ConstantColumn;
        _values = (BooleanColumn)(argument is ConstantColumn constant ? constant.Value : argument);
        _mask = IsConstant ? 0 : -1;
    }

    public bool IsConstant { get; }

    public bool this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[row & _mask];
    }
}
