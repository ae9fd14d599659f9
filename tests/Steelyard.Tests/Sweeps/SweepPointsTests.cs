using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Sweeps;

public sealed class SweepPointsTests
{
    [Fact]
    public void Every_setting_is_a_point_and_the_last_option_varies_fastest()
    {
        var points = Of("flavour=plain,salted rate=10,20,30").Points;

        Assert.Equal(6, points.Count);
        Assert.Equal("flavour=plain rate=20", points[1].Name);
        Assert.Equal(
            "steelyard run tiny --flavour salted --rate 30 --seed 0x2",
            RunCommand.Of(points[5].Run.With(new Seed(2)).Spec));
    }

    [Fact]
    public void Whatever_a_run_takes_can_be_varied()
    {
        var points = Of("nodes=1,2 clients=3 rate=5 duration=1s slo=100ms faults=none,story forgetful=true")
            .Points;

        Assert.Equal(
            "steelyard run tiny --forgetful --nodes 2 --clients 3 --rate 5 --duration 1s --slo 100ms"
            + " --faults none --seed 0x1",
            RunCommand.Of(points[2].Run.Spec));
    }

    [Theory]
    [InlineData("flavor=plain", "--vary: tiny has no option flavor; it has forgetful, flavour, nodes,"
        + " clients, rate, duration, slo, faults; did you mean \"flavour\"?")]
    [InlineData("flavour=plain,sweet",
        "--vary flavour: expected one of plain, salted, found \"sweet\"")]
    [InlineData("rate=10,0", "--vary rate: expected operations a second, above 0, found \"0\"")]
    [InlineData("nodes=x", "--vary nodes: expected a whole number of at least 1, found \"x\"")]
    [InlineData("slo=1", "--vary slo: expected a time such as 250ms, 5s or 2m, above 0, found \"1\"")]
    [InlineData("rate=1 rate=2", "--vary rate: expected each option once, found it 2 times")]
    [InlineData(
        "rate=1..100 clients=1..100 nodes=1..10", "--vary: expected at most 10,000 points, found more")]
    public void What_a_design_does_not_take_is_refused_in_one_line(string vary, string line) =>
        Assert.Equal(line, Assert.Throws<UserMistakeException>(() => Of(vary)).Message);

    [Fact]
    public void An_option_that_is_given_is_not_varied_too()
    {
        var given = Swept.Tiny with
        {
            Spec = Swept.Tiny.Spec with { Common = new() { RatePerSecond = 5 } },
        };

        Assert.Equal(
            "--vary rate: expected it varied or given, found both",
            Assert.Throws<UserMistakeException>(
                () => SweepPoints.Of(given, [Variation.Parse("rate=1,2")])).Message);
    }

    [Fact]
    public void A_setting_that_the_design_refuses_is_left_out_and_told()
    {
        var design = new PickyDesign();
        var picky = RunRequest.Of(design, new(design, new()), FaultChoice.Story, new Seed(1));

        var points = SweepPoints.Of(picky, [Variation.Parse("nodes=1..3")]);

        Assert.Equal(["nodes=2", "nodes=3"], points.Points.Select(point => point.Name));
        Assert.Equal(new RefusedPoint("nodes=1", "expected two nodes"), Assert.Single(points.Refused));
        Assert.Equal(
            "expected two nodes",
            Assert.Throws<UserMistakeException>(
                () => SweepPoints.Of(picky, [Variation.Parse("nodes=1")])).Message);
    }

    static SweepPoints Of(string vary) =>
        SweepPoints.Of(Swept.Tiny, [.. vary.Split(' ').Select(Variation.Parse)]);

    sealed class PickyDesign : IDesign
    {
        readonly TinyRegister _tiny = new();

        public string Name => "picky";

        public string Summary => "One that wants two nodes.";

        public string Story => Summary;

        public IReadOnlyList<DesignOption> Options => [];

        public Scenario Build(DesignOptions options) => options.Common.Nodes is 1
            ? throw new UserMistakeException("expected two nodes")
            : _tiny.Build(new(_tiny, options.Common));
    }
}
