using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Sessions;

/// <summary>Waiting; cancelling the statement ends it.</summary>
internal static class SleepFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("pg_sleep(seconds)", "Waits; gives NULL.", "(pg_sleep(0.001) IS NULL) = true"),
            [Overload(DataType.Double, (a, row) => a.Double(0, row) * 1e6)]),
        new(
            Info("pg_sleep_for(interval)", "Waits for so long; gives NULL.", "(pg_sleep_for(INTERVAL '1 millisecond') IS NULL) = true"),
            [Overload(DataType.Interval, (a, row) => (double)a.Fixed<Interval>(0, row).ComparisonMicros)]),
        new(
            Info("pg_sleep_until(time)", "Waits until a moment; gives NULL.", "(pg_sleep_until(now()) IS NULL) = true"),
            [Overload(DataType.TimestampTz, (a, row) => a.Long(0, row) - Now)]),
    ];

    /// <summary>Microseconds since 1970.</summary>
    private static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMicroseconds;

    private static FunctionInfo Info(string signature, string description, string example) =>
        new(signature, "session", description, example) { Volatility = Volatility.Volatile };

    private static ScalarOverload Overload(DataType parameter, Func<RowArguments, int, double> microseconds) => RowKernel.Overload<TextBuilder>(
        [parameter],
        DataType.Varchar,
        (a, row, result) =>
        {
            Wait(microseconds(a, row), a.Session.CancellationToken);
            result.AppendNull();
        },
        canFail: true);

    private static void Wait(double microseconds, CancellationToken cancellationToken)
    {
        var end = Now + (double.IsNaN(microseconds) ? 0 : microseconds);
        while (end - Now is var left and > 0)
        {
            // A wait takes at most so many milliseconds as an int holds.
            cancellationToken.WaitHandle.WaitOne((int)Math.Min(Math.Ceiling(left / 1000), int.MaxValue));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
