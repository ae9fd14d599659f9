using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Laws.Quorums;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Laws.Quorums;

/// <summary>The tables of "Probabilistically bounded staleness", and what a recomputation of them
/// gave.</summary>
public class WarsTruthTests(ITestOutputHelper output)
{
    const double Share = 0.999;

    // The 99.9th percentile of so many trials rests on a thousand of them.
    static readonly bool IsLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";
    int _checked;
    static readonly int Trials = IsLong ? 4_000_000 : 1_000_000;

    [Fact]
    public void Table_4_comes_out()
    {
        var rows = TruthRows.Of("pbs").Where(row =>
            row["group"].StartsWith("table4", StringComparison.Ordinal)
            || row["group"] is "text-published" or "n-sweep-published" or "n-sweep-recomputed")
            .Where(row => !row["tolerance"].StartsWith("DO NOT USE", StringComparison.Ordinal)).ToList();
        foreach (var run in rows.GroupBy(row => (row["model"], row["N"], row["R"], row["W"])))
        {
            var (model, n, r, w) = run.Key;
            var quorum = new StrictQuorum(int.Parse(n), int.Parse(r), int.Parse(w));
            var trials = WarsTrials.Run(WarsModel.Named(model), quorum, Trials, Uniform(7));
            foreach (var row in run)
                Check(row, trials, WarsModel.Named(model));
        }

        Assert.Equal(rows.Count, _checked);
    }

    void Check(IReadOnlyDictionary<string, string> row, WarsTrials trials, WarsModel model)
    {
        var (what, value) = (row["quantity"], row["value"].Number());
        Estimate? found = what switch
        {
            _ when what.StartsWith("Lr p99.9", StringComparison.Ordinal) => trials.ReadMs(Share),
            _ when what.StartsWith("Lw p99.9", StringComparison.Ordinal)
                || what is "write p99.9" => trials.WriteMs(Share),
            "median operation latency" or "median write latency" => trials.WriteMs(0.5),
            _ when what.StartsWith("true t at 99.9%", StringComparison.Ordinal) => trials.VisibleMs(Share),
            "t-visibility for p_st=.001" =>
                trials.PublishedVisibleMs(Share, model.PublishedStepMs, Uniform(3)),
            _ when what.StartsWith("P(consistent) at t=0", StringComparison.Ordinal) => trials.SeenAfter(0),
            _ when what.StartsWith("P(consistent) at t=10 ms", StringComparison.Ordinal) =>
                trials.SeenAfter(10),
            _ => null,
        };
        if (found is not { } estimate)
            throw new InvalidOperationException($"nobody finds {what}");
        var told = $"{row["group"]} {row["model"]} N={row["N"]} R={row["R"]} W={row["W"]} {what}: {value},"
            + $" found {estimate.Value:G5} ({estimate.Low:G5} .. {estimate.High:G5})";
        output.WriteLine(told);
        var (low, high) = Allowed(value, row["tolerance"]);
        // With fewer trials the interval has to reach what is allowed; with many the number itself.
        Assert.True(
            IsLong ? estimate.Value >= low && estimate.Value <= high
                : estimate.High >= low && estimate.Low <= high, told);
        _checked++;
    }

    static (double Low, double High) Allowed(double value, string tolerance)
    {
        if (tolerance.Contains("p05..p95 = ", StringComparison.Ordinal))
        {
            var ends = tolerance[(tolerance.IndexOf("= ", StringComparison.Ordinal) + 2)..].Split("..");
            return (ends[0].Number(), ends[1].Number());
        }

        if (tolerance.StartsWith("+-", StringComparison.Ordinal))
            return (value - tolerance.After("+-"), value + tolerance.After("+-"));
        var share = tolerance.StartsWith("exact", StringComparison.Ordinal) ? 0 : tolerance.Number() / 100;
        return (value * (1 - share), value * (1 + share));
    }

    static Func<double> Uniform(int seed) => new Random(seed).NextDouble;
}
