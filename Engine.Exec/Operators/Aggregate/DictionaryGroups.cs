using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Exec.Kernels;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// Remembers which group each combination of dictionary ids is, as long as batches share their dictionaries: a row whose keys are all encoded then
/// costs a look into an array instead of one into the hash table.
/// </summary>
internal sealed unsafe class DictionaryGroups(MemoryPool pool) : IDisposable
{
    private const int MaxCodes = 1 << 16;
    private const int Unknown = -1;

    private readonly List<int> _firstRows = [];
    private Column[] _dictionaries = [];
    private NativeBuffer? _map;

    /// <summary>Assigns the rows' groups; false, and nothing done, when not all keys are encoded or there are too many combinations.</summary>
    /// <param name="keys">Of the same length.</param>
    /// <param name="groups">Filled with a group for each row.</param>
    /// <param name="assign">Assigns the groups of rows whose combination is new, by their keys.</param>
    public bool TryAssign(ReadOnlySpan<Column> keys, Span<int> groups, Action<Batch, Memory<int>> assign)
    {
        if (!TryUse(keys))
        {
            return false;
        }

        using var codes = new RowIndexes(groups.Length, pool);
        codes.Span.Clear();
        foreach (var key in keys)
        {
            AddIds((DictionaryColumn)key, codes.Pointer);
        }

        var map = (int*)_map!.Pointer;
        _firstRows.Clear();
        Collect(codes.Span, map);
        if (_firstRows.Count > 0)
        {
            var rows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_firstRows);
            var found = new int[rows.Length];
            using var first = new Batch(Take(keys, rows), rows.Length);
            assign(first, found);
            for (var i = 0; i < rows.Length; i++)
            {
                map[codes.Span[rows[i]]] = found[i];
            }
        }

        LookUp(codes.Pointer, map, groups);
        return true;
    }

    public void Dispose() => Forget();

    /// <summary>A code has a digit for each key: the id, or one more than all ids for NULL.</summary>
    private static int DigitsOf(DictionaryColumn key) => key.Dictionary.Length + 1;

    private static void AddIds(DictionaryColumn key, int* codes)
    {
        var digits = DigitsOf(key);
        switch (key.IdWidth)
        {
            case 1: Add(key.Ids.Pointer); break;
            case 2: Add((ushort*)key.Ids.Pointer); break;
            default: Add((uint*)key.Ids.Pointer); break;
        }

        void Add<T>(T* ids)
            where T : unmanaged, System.Numerics.IBinaryInteger<T>
        {
            if (key.Validity.IsNone)
            {
                for (var row = 0; row < key.Length; row++)
                {
                    codes[row] = (codes[row] * digits) + int.CreateTruncating(ids[row]);
                }

                return;
            }

            for (var row = 0; row < key.Length; row++)
            {
                codes[row] = (codes[row] * digits) + (key.Validity.IsValid(row) ? int.CreateTruncating(ids[row]) : digits - 1);
            }
        }
    }

    /// <summary>Lists the first row of each code that is not known yet.</summary>
    private void Collect(ReadOnlySpan<int> codes, int* map)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            if (map[codes[row]] == Unknown)
            {
                map[codes[row]] = 0;
                _firstRows.Add(row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LookUp(int* codes, int* map, Span<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            groups[row] = map[codes[row]];
        }
    }

    private System.Collections.Immutable.ImmutableArray<Column> Take(ReadOnlySpan<Column> keys, ReadOnlySpan<int> rows)
    {
        var taken = System.Collections.Immutable.ImmutableArray.CreateBuilder<Column>(keys.Length);
        foreach (var key in keys)
        {
            using var part = key.Take(rows, pool);
            taken.Add(part.Flatten(pool));
        }

        return taken.MoveToImmutable();
    }

    /// <summary>Whether the map is, or has become, one of these keys' dictionaries.</summary>
    private bool TryUse(ReadOnlySpan<Column> keys)
    {
        var isSame = keys.Length == _dictionaries.Length;
        var codeCount = 1L;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is not DictionaryColumn key)
            {
                return false;
            }

            isSame = isSame && ReferenceEquals(key.Dictionary, _dictionaries[i]);
            codeCount *= DigitsOf(key);
            if (codeCount > MaxCodes)
            {
                return false;
            }
        }

        if (!isSame)
        {
            Forget();
            _dictionaries = new Column[keys.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                _dictionaries[i] = ((DictionaryColumn)keys[i]).Dictionary.Retain();
            }

            _map = pool.Allocate(codeCount * sizeof(int), "groups of dictionary ids");
            new Span<int>(_map.Pointer, (int)codeCount).Fill(Unknown);
        }

        return true;
    }

    private void Forget()
    {
        foreach (var dictionary in _dictionaries)
        {
            dictionary.Dispose();
        }

        _dictionaries = [];
        _map?.Release();
        _map = null;
    }
}
