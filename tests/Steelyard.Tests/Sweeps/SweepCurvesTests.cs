using Steelyard.Sweeps;

namespace Steelyard.Tests.Sweeps;

public sealed class SweepCurvesTests
{
    [Fact]
    public void Where_one_curve_becomes_better_than_another_is_said()
    {
        // plain takes 10 at any rate; salted 2, 6, 14, 18.
        var found = Swept.Result(
            "flavour=plain,salted rate=10..40:10",
            Seeds(10), Seeds(10), Seeds(10), Seeds(10), Seeds(2), Seeds(6), Seeds(14), Seeds(18));

        var curves = SweepCurves.Of(found)!;

        Assert.Equal(
            "flavour=plain becomes better than flavour=salted at x from rate=30 on; up to 20 it is worse,"
            + " and the curves cross near 25",
            Assert.Single(curves.Sentences([found.Aims[0]])));
    }

    [Fact]
    public void Curves_that_do_not_cross_have_no_crossing()
    {
        var found = Swept.Result(
            "flavour=plain,salted rate=10,20", Seeds(10), Seeds(10), Seeds(2), Seeds(6));

        Assert.Empty(SweepCurves.Of(found)!.Sentences(found.Aims));
    }

    [Fact]
    public void A_crossing_that_seeds_cannot_tell_is_none()
    {
        var found = Swept.Result(
            "flavour=plain,salted rate=10,20", Seeds(10), [(10, 0), (15, 0), (5, 0)], Seeds(2),
            [(15, 0), (5, 0), (11, 0)]);

        Assert.Empty(SweepCurves.Of(found)!.Sentences(found.Aims));
    }

    [Fact]
    public void Of_one_curve_its_best_point_is_said_and_what_cannot_be_told_from_it()
    {
        var found = Swept.Result("rate=10,20,30", Seeds(9), Seeds(3), [(3.5, 1), (4.1, 1), (2.9, 1)]);

        Assert.StartsWith(
            "x is least at rate=20: 3.1 ms (", SweepCurves.Of(found)!.Sentences(found.Aims)[0],
            StringComparison.Ordinal);
        Assert.EndsWith(
            "; it cannot be told from rate=30", SweepCurves.Of(found)!.Sentences(found.Aims)[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_no_curve() => Assert.Null(
        SweepCurves.Of(Swept.Result("flavour=plain,salted", Seeds(1), Seeds(2))));

    static (double X, double Y)[] Seeds(double x) => [(x, 1), (x + 0.2, 1), (x + 0.1, 1)];
}
