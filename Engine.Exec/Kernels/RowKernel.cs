using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Kernels;

/// <summary>Appends the result for one row.</summary>
internal delegate void RowWriter<in TBuilder>(RowArguments arguments, int row, TBuilder result)
    where TBuilder : ColumnBuilder;

/// <summary>The arguments of a kernel by place and row, flat and constant ones alike.</summary>
internal readonly unsafe struct RowArguments
{
    private readonly Column[] _columns;
    private readonly int[] _masks;

    public RowArguments(in KernelContext context, ReadOnlySpan<Column> arguments)
    {
        Session = context.Session;
        Pool = context.Pool;
        _columns = new Column[arguments.Length];
        _masks = new int[arguments.Length];
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = arguments[i] is ConstantColumn constant ? constant.Value : arguments[i];
            _masks[i] = arguments[i] is ConstantColumn ? 0 : -1;
        }
    }

    public SessionContext Session { get; }

    public MemoryPool Pool { get; }

    public int Count => _columns.Length;

    /// <summary>The flat column that holds an argument's values.</summary>
    public Column Column(int place) => _columns[place];

    /// <summary>The row of <see cref="Column"/> that holds the value.</summary>
    public int Place(int place, int row) => row & _masks[place];

    public bool IsNull(int place, int row) => _columns[place].IsNull(row & _masks[place]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(int place, int row) => Unsafe.As<TextColumn>(_columns[place]).Bytes(row & _masks[place]);

    /// <summary>The text as a managed string: for patterns and messages.</summary>
    public string String(int place, int row) => System.Text.Encoding.UTF8.GetString(Text(place, row));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fixed<T>(int place, int row)
        where T : unmanaged => Unsafe.As<FixedColumn>(_columns[place]).Pointer<T>()[row & _masks[place]];

    public long Long(int place, int row) => Fixed<long>(place, row);

    public double Double(int place, int row) => Fixed<double>(place, row);

    public bool Boolean(int place, int row) => ((BooleanColumn)_columns[place])[row & _masks[place]];
}

/// <summary>Kernels that are written as a function of one row. For functions whose work on a row outweighs a call.</summary>
internal static class RowKernel
{
    /// <summary>A kernel that leaves rows with a NULL argument NULL.</summary>
    public static ScalarKernel Strict<TBuilder>(DataType result, RowWriter<TBuilder> write)
        where TBuilder : ColumnBuilder => (in context, arguments, rowCount) => Run(context, arguments, rowCount, result, write, seesNulls: false);

    /// <summary>A kernel to which NULL is a value.</summary>
    public static ScalarKernel WithNulls<TBuilder>(DataType result, RowWriter<TBuilder> write)
        where TBuilder : ColumnBuilder => (in context, arguments, rowCount) => Run(context, arguments, rowCount, result, write, seesNulls: true);

    /// <summary>An overload of a strict function of one result type.</summary>
    public static ScalarOverload Overload<TBuilder>(ImmutableArray<ParameterType> parameters, DataType result, RowWriter<TBuilder> write, bool canFail = false)
        where TBuilder : ColumnBuilder => new(parameters, _ => result, _ => Strict(result, write)) { CanFail = canFail };

    /// <summary>An overload whose writer is prepared from the call's constants.</summary>
    public static ScalarOverload Prepared<TBuilder>(
        ImmutableArray<ParameterType> parameters, DataType result, Func<ScalarBinding, RowWriter<TBuilder>> prepare, bool canFail = true)
        where TBuilder : ColumnBuilder => new(parameters, _ => result, binding => Strict(result, prepare(binding))) { CanFail = canFail };

    private static Column Run<TBuilder>(
        in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount, DataType type, RowWriter<TBuilder> write, bool seesNulls)
        where TBuilder : ColumnBuilder
    {
        using var builder = (TBuilder)ColumnBuilder.Create(type, context.Pool);
        var cells = new RowArguments(context, arguments);
        var mayHaveNulls = false;
        foreach (var argument in arguments)
        {
            mayHaveNulls |= !seesNulls && argument.MayHaveNulls;
        }

        try
        {
            for (var row = 0; row < rowCount; row++)
            {
                if (mayHaveNulls && HasNull(cells, row))
                {
                    builder.AppendNull();
                }
                else
                {
                    write(cells, row, builder);
                }
            }
        }
        catch (QueryException error)
        {
            throw error.At(context.Span);
        }

        return builder.Finish();
    }

    private static bool HasNull(RowArguments cells, int row)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells.IsNull(i, row))
            {
                return true;
            }
        }

        return false;
    }
}
