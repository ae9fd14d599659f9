using FsCheck;
using FsCheck.Fluent;
using Steelyard.Histories;
using Outcome = Steelyard.Histories.Outcome;

namespace Steelyard.Analysis.Tests.Effects;

/// <summary>
/// Small random histories from scripts of numbers, so that FsCheck shrinks the script of a failing one.
/// </summary>
static class RandomEffects
{
    const int Processes = 3;

    /// <summary>Runs a property over thousands of scripts.</summary>
    public static void ForScripts(Func<int[], bool> property, int tests = 3000) =>
        Prop.ForAll(Scripts, property).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(30));

    static Arbitrary<int[]> Scripts { get; } = Arb.From(
        Gen.Choose(0, 1_000_000).ArrayOf(), script => ArbMap.Default.ArbFor<int[]>().Shrinker(script));

    /// <summary>
    /// Plays a script: each number invokes something on an idle process or completes what is open there, with
    /// an outcome that the number picks too.
    /// </summary>
    public static History Play(
        int[] script, Func<int, int, (string Function, Value Key, Value Input)> invoke,
        Func<int, Value> output)
    {
        var builder = new HistoryBuilder();
        var next = Enumerable.Range(0, Processes).ToArray();
        var open = new int?[Processes];
        var step = 0;
        foreach (var number in script)
        {
            var choice = number & int.MaxValue;
            var slot = choice % Processes;
            choice /= Processes;
            step++;
            if (open[slot] is not { } operation)
            {
                var (function, key, input) = invoke(step, choice);
                open[slot] = builder.Invoke(next[slot], function, key, input, step);
                continue;
            }

            var outcome = (choice % 8) switch { 0 => Outcome.Info, 1 => Outcome.Fail, _ => Outcome.Ok };
            builder.Complete(operation, outcome, outcome == Outcome.Ok ? output(choice) : Value.Nil, step);
            open[slot] = null;
            if (outcome == Outcome.Info)
                next[slot] += Processes;
        }

        return builder.Build();
    }

    /// <summary>True when one operation had surely ended before the other began.</summary>
    public static bool Precedes(Operation first, Operation second) =>
        first.Outcome is Outcome.Ok or Outcome.Fail && first.CompletedAt < second.InvokedAt;
}
