using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Plans faults from a seed. The plan is data like any other: what happens is what it says, and it can be
/// edited. Every fault ends before operations stop to arrive. It knows faults by their rows alone.
/// </summary>
public static class Nemesis
{
    const int FewestFaults = 4;
    const int MostFaults = 40;
    const int Tries = 6;
    static readonly TimeSpan OneFaultEvery = TimeSpan.FromSeconds(2.5);

    /// <summary>A plan of a palette for a scenario.</summary>
    /// <remarks>
    /// <see cref="FaultPalette.All"/> never exceeds <see cref="Promises.Tolerance"/>, at any moment. A
    /// palette of some kinds stays within it as well, but does its kinds in the mildest measure even where
    /// the design tolerates none of it: whoever names a fault wants to see it.
    /// <see cref="FaultPalette.Beyond"/> exceeds it on purpose.
    /// </remarks>
    /// <exception cref="UserMistakeException">Nothing of a kind that was asked for by its word can happen in
    /// the scenario.</exception>
    public static FaultPlan Plan(FaultPalette palette, Scenario scenario, Seed seed) =>
        Plan(palette, scenario, seed, FaultPlan.None, FaultPlan.None);

    /// <summary>A plan of a palette for a scenario in which other faults happen besides, which may go beyond
    /// what the design stands: the two together are what a world can let happen.</summary>
    /// <inheritdoc cref="Plan(FaultPalette, Scenario, Seed)"/>
    public static FaultPlan PlanBesides(
        FaultPlan others, FaultPalette palette, Scenario scenario, Seed seed) =>
        Plan(palette, scenario, seed, FaultPlan.None, others);

    /// <summary>The plan of a scenario's story: its own faults, and around them those of its
    /// palette.</summary>
    /// <exception cref="UserMistakeException">Its own faults leave no room for others, or nothing of a kind
    /// can happen in the scenario.</exception>
    public static FaultPlan PlanStory(Scenario scenario, Seed seed) =>
        scenario.StoryPalette == FaultPalette.None
            ? scenario.StoryFaults
            : Plan(scenario.StoryPalette, scenario, seed, scenario.StoryFaults, FaultPlan.None);

    static FaultPlan Plan(
        FaultPalette palette, Scenario scenario, Seed seed, FaultPlan given, FaultPlan besides)
    {
        var kinds = FaultKinds.Of(scenario);
        var tolerance = kinds.Where(kind => palette.Asked.Contains(kind.Word, StringComparer.Ordinal))
            .Aggregate(scenario.Promises.Tolerance, (promised, kind) => kind.AtLeastMild(promised, scenario));
        var random = new SeededRandom(seed, "faults");
        var draws = new FaultDraws(scenario, tolerance, random);
        List<FaultDraw> fit =
            [.. DrawsOf(scenario, kinds).Where(draw => palette.Takes(draw) && draw.Fits(draws))];
        foreach (var word in palette.Asked)
        {
            MustFit(word, fit, kinds, scenario);
            MustBePossible(word, fit, new(scenario, tolerance, new SeededRandom(seed, "possible-faults")));
        }

        var budget = new ToleranceBudget(tolerance, scenario, besides.Faults);
        if (given.Faults.Count > 0 && !budget.TryAdd([.. given.Faults]))
            throw new UserMistakeException(
                $"faults of {palette}: expected room for them besides the faults that {scenario.Design} plans"
                + " itself, found that these are all that it stands, or more");
        if (fit.Count > 0)
            Fill(budget, fit, draws, HowMany(scenario, random));
        if (palette.IsBeyond)
            Exceed(budget, scenario.Repertoire?.Excesses ?? kinds.SelectMany(kind => kind.Excesses), draws);
        return new([.. budget.Faults.OrderBy(fault => fault.At)]);
    }

    static IEnumerable<FaultDraw> DrawsOf(Scenario scenario, IReadOnlyList<FaultKind> kinds) =>
        scenario.Repertoire?.Draws ?? kinds.SelectMany(kind => kind.Draws);

    static void MustFit(
        string word, List<FaultDraw> fit, IReadOnlyList<FaultKind> kinds, Scenario scenario)
    {
        if (fit.Exists(draw => draw.Word == word))
            return;
        if (scenario.Repertoire is { } repertoire)
            throw new UserMistakeException(
                $"faults of {word}: expected some of {string.Join(", ", repertoire.Words)} that"
                + $" {scenario.Design} has parts or calls for, found none");
        var needs = kinds.Where(kind => kind.Word == word).Select(kind => kind.Needs).Distinct();
        throw new UserMistakeException(
            $"faults of {word}: expected {string.Join(" or ", needs)}, found no such thing in "
            + scenario.Design);
    }

    // A world that cannot let any fault of a kind happen says why.
    static void MustBePossible(string word, List<FaultDraw> fit, FaultDraws draws)
    {
        string? reason = null;
        for (var attempt = 0; attempt < Tries; attempt++)
            foreach (var draw in fit.Where(draw => draw.Word == word))
            {
                reason = draw.Next(draws).Select(draws.Scenario.Deployment.CannotDo)
                    .FirstOrDefault(why => why is not null);
                if (reason is null)
                    return;
            }

        throw new UserMistakeException(
            $"faults of {word}: they cannot happen to {draws.Scenario.Deployment.Kind}: {reason}");
    }

    static void Fill(ToleranceBudget budget, List<FaultDraw> draws, FaultDraws from, int wanted)
    {
        for (var planned = 0; planned < wanted; planned++)
            Try(() => budget.TryAdd(from.Random.Choose(draws).Next(from)));
    }

    static void Exceed(ToleranceBudget budget, IEnumerable<FaultDraw> excesses, FaultDraws from)
    {
        foreach (var excess in excesses.Where(excess => excess.Fits(from)))
            Try(() => budget.TryExceed(excess.Next(from)));
    }

    static void Try(Func<bool> once)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
            if (once())
                return;
    }

    static int HowMany(Scenario scenario, SeededRandom random)
    {
        var usual = (int)Math.Clamp(scenario.Load.Duration / OneFaultEvery, FewestFaults, MostFaults);
        return random.Next(Math.Max(FewestFaults, usual / 2), usual + 1);
    }
}
