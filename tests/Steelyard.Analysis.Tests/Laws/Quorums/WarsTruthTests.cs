using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Laws.Quorums;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Laws.Quorums;

/// <summary>The tables of "Probabilistically bounded staleness", and what a recomputation of them
/// gave.</summary>
public class WarsTruthTests(ITestOutputHelper output)
{
    const double Share = 0.999;

    // The 99.9th percentile of so many trials rests on five hundred of them.
    static readonly bool IsLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";
    int _checked;
    static readonly int Trials = IsLong ? 4_000_000 : 500_000;

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

    public static TheoryData<string, string, string> OtherStores
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var row in TruthRows.Of("pbs-table-4"))
                rows.Add(row["model"], row["R"], row["W"]);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(OtherStores))]
    public void Table_4_comes_out_of_the_other_two_stores_as_well(string model, string r, string w)
    {
        var row = TruthRows.Of("pbs-table-4").Single(one =>
            (one["model"], one["R"], one["W"]) == (model, r, w));
        var wars = WarsModel.Named(model);
        var trials =
            WarsTrials.Run(wars, new(3, int.Parse(r), int.Parse(w)), Trials, Uniform(7));

        Within(0.04, row["Lr p99.9 ms"].Number(), trials.ReadMs(Share));
        Within(0.04, row["Lw p99.9 ms"].Number(), trials.WriteMs(Share));
        // One run of a search that ends when chance lets it; of the same search the interval tells how often.
        var t = trials.PublishedVisibleMs(Share, wars.PublishedStepMs, Uniform(3));
        Within(0.05, row["t-visibility ms"].Number(), t);
    }

    void Within(double share, double published, Estimate found)
    {
        output.WriteLine($"{published}: {found.Value:G5} ({found.Low:G5} .. {found.High:G5})");
        Assert.True(
            found.High >= published * (1 - share) && found.Low <= published * (1 + share),
            $"{published}, found {found.Value} ({found.Low} to {found.High})");
    }

    [Theory]
    [InlineData(0.1, 0.41, 0.015, 63.6)]
    [InlineData(2, 0.8666, 0.003, 2.445)]
    [InlineData(0.5, 0.6249, 0.003, 11.85)]
    [InlineData(0.2, 0.4873, 0.003, 31.18)]
    public void Exponential_latencies_give_what_was_recomputed(
        double writesPerMs, double consistent, double within, double visibleMs)
    {
        Assert.Contains(TruthRows.Of("pbs"), row =>
            row["model"].StartsWith($"EXP W lambda={writesPerMs}, ", StringComparison.Ordinal)
            && (row["value"] + row["note"]).Contains($"{visibleMs}", StringComparison.Ordinal));
        var wars = new WarsModel(
            "EXP", new((1, LatencyMix.Exponential(writesPerMs))), new((1, LatencyMix.Exponential(1))));
        var trials = WarsTrials.Run(wars, new(3, 1, 1), Trials / 2, Uniform(11));

        Assert.Equal(consistent, trials.SeenAfter(0).Value, within);
        Within(0.03, visibleMs, trials.VisibleMs(Share));
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
