using Steelyard.Analysis.Laws.Scaling;

namespace Steelyard.Analysis.Tests.Laws.Scaling;

public class ScalingTests
{
    [Fact]
    public void Amdahl_and_Gustafson_come_out()
    {
        Assert.Equal(10.2564, SpeedUp.Amdahl(0.95, 20), 1e-4);
        Assert.Equal(19.9077, SpeedUp.Amdahl(0.95, 4096), 1e-4);
        Assert.Equal(20, SpeedUp.Amdahl(0.95, double.PositiveInfinity), 1e-12);
        Assert.Equal(5.2632, SpeedUp.Amdahl(0.9, 10), 1e-4);
        Assert.Equal(SpeedUp.Amdahl(0.7, 1), SpeedUp.Gustafson(0.7, 1), 1e-12);
        Assert.Equal(19.05, SpeedUp.Gustafson(0.95, 20), 1e-12);
    }

    [Fact]
    public void The_fit_of_SPEC_SDM91_comes_out()
    {
        var rows = TruthRows.Of("usl");
        var points = rows.Where(row => row["kind"] == "data")
            .Select(row => (row["x"].Number(), row["y"].Number())).ToList();
        var fit = ScalabilityFit.Of(points);
        var law = fit.Law;
        var found = new Dictionary<string, double>
        {
            ["alpha (sigma)"] = law.Contention, ["beta (kappa)"] = law.Coherence, ["gamma (lambda)"] =
                law.Rate,
            ["SE alpha"] = fit.ContentionError, ["SE beta"] = fit.CoherenceError, ["SE gamma"] =
                fit.RateError,
            ["residual SE, 4 df"] = fit.ResidualError, ["peak load"] = law.PeakLoad,
            ["peak throughput"] = law.PeakThroughput, ["Amdahl limit"] = law.AmdahlLimit,
            ["optimal load 1/alpha"] = law.OptimalLoad,
            ["peak load with alpha=.001 beta=1e-5"] = new UniversalScalability(0.001, 1e-5, 1).PeakLoad,
        };
        foreach (var row in rows.Where(row => row["kind"] == "fit"))
            if (found.Remove(row["x"], out var value))
                Assert.True(
                    value.IsNear(row["y"].Number(), row["tolerance"].EndsWith('%') ? row["tolerance"].Number(
                        ) / 100 : 1.1e-4),
                    $"{row["x"]}: {row["y"]}, found {value:G8}");
        Assert.Empty(found);
        var fitted = rows.Single(row => row["x"] == "fitted at data points")["y"].Split(' ');
        Assert.All(points.Zip(fitted), pair =>
            Assert.Equal(pair.Second.Number(), law.Throughput(pair.First.Item1), 0.5));
    }
}
