using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>One setting of all that a sweep varies.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Values">The value of each varied option, in their order.</param>
/// <param name="Name">As <c>replication=quorum rate=50</c>.</param>
/// <param name="Run">What is run there, with any seed.</param>
internal sealed record SweepPoint(int Number, IReadOnlyList<string> Values, string Name, RunRequest Run)
{
    /// <summary>Its name in sentences: <c>#7</c>; where only one option is varied, what it is set
    /// to.</summary>
    public string Short { get; init; } = $"#{Number}";
}

/// <summary>A setting that the design refuses: r above n, say.</summary>
/// <param name="Name">As <c>r=3 n=2</c>.</param>
/// <param name="Why">What the design says.</param>
internal sealed record RefusedPoint(string Name, string Why);

/// <summary>All settings of what is varied.</summary>
/// <param name="Points">Those that can be run.</param>
/// <param name="Refused">Those that the design refuses.</param>
internal sealed record SweepPoints(IReadOnlyList<SweepPoint> Points, IReadOnlyList<RefusedPoint> Refused)
{
    const int Most = 10_000;

    /// <summary>Makes them: the last option varies fastest.</summary>
    /// <param name="what">What is run, but for what is varied.</param>
    /// <param name="variations">What is varied; at least one.</param>
    /// <exception cref="UserMistakeException">The design has no such option, an option has no such value, one
    /// is varied twice or given besides, or nothing can be run at all.</exception>
    public static SweepPoints Of(RunRequest what, IReadOnlyList<Variation> variations)
    {
        if (variations.Count == 0)
            throw new UserMistakeException(
                "expected --vary name=value,value: an option of the design, or one of "
                + string.Join(", ", VariedRun.CommonNames));
        MustBeOnce(variations);
        foreach (var variation in variations)
            VariedRun.MustTake(what, variation);
        if (variations.Aggregate(1L, (all, one) => Math.Min(all * one.Values.Count, Most + 1)) > Most)
            throw new UserMistakeException($"--vary: expected at most {Most:N0} points, found more");
        return Of(what, variations, Settings(variations));
    }

    static SweepPoints Of(
        RunRequest what, IReadOnlyList<Variation> variations, IEnumerable<IReadOnlyList<string>> settings)
    {
        var (points, refused) = (new List<SweepPoint>(), new List<RefusedPoint>());
        UserMistakeException? first = null;
        foreach (var values in settings)
        {
            var name = string.Join(' ', variations.Zip(values, (one, value) => $"{one.Name}={value}"));
            try
            {
                var run = VariedRun.Of(what, variations, values);
                run.MustFit();
                var point = new SweepPoint(points.Count + 1, values, name, run);
                points.Add(variations is [var only]
                    ? point with { Short = only.Numbers is null ? values[0] : name }
                    : point);
            }
            catch (UserMistakeException mistake)
            {
                first ??= mistake;
                refused.Add(new(name, mistake.Message));
            }
        }

        return points.Count > 0 ? new(points, refused) : throw first!;
    }

    static IEnumerable<IReadOnlyList<string>> Settings(IReadOnlyList<Variation> variations)
    {
        IEnumerable<IReadOnlyList<string>> settings = [[]];
        foreach (var variation in variations)
            settings = settings.SelectMany(
                before => variation.Values.Select(value => (IReadOnlyList<string>)[.. before, value]));
        return settings;
    }

    static void MustBeOnce(IReadOnlyList<Variation> variations)
    {
        var twice = variations.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(
            same => same.Count() > 1);
        if (twice is not null)
            throw new UserMistakeException(
                $"--vary {twice.Key}: expected each option once, found it {twice.Count()} times");
    }
}
