using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>
/// Calls a kernel. Encodings are dealt with here, so that kernels see flat and constant columns only: calls over constants run once, calls over
/// one dictionary run once per entry and are remembered as long as batches share the dictionary and the constants beside it.
/// </summary>
internal sealed class CallEvaluator(ImmutableArray<Evaluator> arguments, ScalarKernel kernel, CallTraits traits, DataType type, SourceSpan? span)
    : Evaluator(type)
{
    private DictionaryResult? _remembered;

    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        var values = new Column[arguments.Length];
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i].Evaluate(context, batch);
            }

            return Call(context, values, batch.RowCount);
        }
        finally
        {
            foreach (var value in values)
            {
                value?.Dispose();
            }
        }
    }

    public override void Dispose()
    {
        foreach (var argument in arguments)
        {
            argument.Dispose();
        }

        _remembered?.Dispose();
        base.Dispose();
    }

    private Column Call(EvaluationContext context, Column[] values, int rowCount)
    {
        var kernelContext = new KernelContext(context.Pool, context.Session, span);
        if (!traits.SeesNulls && values.Any(value => value is ConstantColumn && value.IsNull(0)))
        {
            return ColumnValue.ToConstant(Type, null, rowCount, context.Pool);
        }

        if (!traits.IsVolatile && values.All(value => value is ConstantColumn))
        {
            using var single = kernel(kernelContext, values, 1);
            return single is ConstantColumn constant
                ? new ConstantColumn(constant.Value.Retain(), rowCount)
                : new ConstantColumn(single.Retain(), rowCount);
        }

        if (!traits.CanFail && !traits.IsVolatile && TryCallOverDictionary(kernelContext, values, rowCount) is { } encoded)
        {
            return encoded;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not (FlatColumn or ConstantColumn))
            {
                var encodedValue = values[i];
                values[i] = encodedValue.Flatten(context.Pool);
                encodedValue.Dispose();
            }
        }

        return kernel(kernelContext, values, rowCount);
    }

    /// <summary>The call over the entries of the only argument that is not constant, when that is a dictionary smaller than the batch.</summary>
    private DictionaryColumn? TryCallOverDictionary(in KernelContext context, Column[] values, int rowCount)
    {
        var place = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is ConstantColumn)
            {
                continue;
            }

            if (place >= 0 || values[i] is not DictionaryColumn)
            {
                return null;
            }

            place = i;
        }

        if (place < 0)
        {
            return null;
        }

        // NULL rows have ids too, so a validity beside the ids carries over unless the function turns NULL into a value.
        var rows = (DictionaryColumn)values[place];
        if (traits.SeesNulls && !rows.Validity.IsNone)
        {
            return null;
        }

        if (_remembered?.IsFor(values) != true)
        {
            if (rows.Dictionary.Length > rowCount)
            {
                return null;
            }

            var entries = values.ToArray();
            entries[place] = rows.Dictionary;
            using var result = kernel(context, entries, rows.Dictionary.Length);
            _remembered?.Dispose();
            _remembered = new DictionaryResult(values, result.Flatten(context.Pool));
        }

        return new DictionaryColumn(rowCount, rows.Ids.Retain(), rows.IdWidth, _remembered.Values.Retain(), rows.Validity.Retain());
    }

    /// <summary>What the call gave for every entry of a dictionary, with the very arguments it gave it for: constants change between batches too.</summary>
    private sealed class DictionaryResult(Column[] arguments, Column values) : IDisposable
    {
        private readonly Column[] _sources = [.. arguments.Select(argument => SourceOf(argument).Retain())];

        public Column Values => values;

        public bool IsFor(Column[] others)
        {
            for (var i = 0; i < others.Length; i++)
            {
                if (!ReferenceEquals(SourceOf(others[i]), _sources[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public void Dispose()
        {
            values.Dispose();
            foreach (var source in _sources)
            {
                source.Dispose();
            }
        }

        private static Column SourceOf(Column argument) => argument switch
        {
            DictionaryColumn dictionary => dictionary.Dictionary,
            ConstantColumn constant => constant.Value,
            _ => argument,
        };
    }
}

/// <summary>What of an overload the evaluation of a call depends on.</summary>
internal readonly record struct CallTraits(bool CanFail, bool SeesNulls, bool IsVolatile);
