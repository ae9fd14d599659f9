using System.Globalization;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>What is run at a point: the same as elsewhere, with some options set.</summary>
internal static class VariedRun
{
    const string FaultsName = "faults";

    /// <summary>Options that can be varied of every design.</summary>
    public static IReadOnlyList<string> CommonNames { get; } =
        ["nodes", "clients", "rate", "duration", "slo", FaultsName];

    /// <summary>Sets options.</summary>
    /// <exception cref="UserMistakeException">One has no such value.</exception>
    public static RunRequest Of(
        RunRequest what, IReadOnlyList<Variation> variations, IReadOnlyList<string> values)
    {
        var own = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in what.Spec.Options)
            own[name] = value;
        var (common, faults) = (what.Spec.Common, what.Faults);
        foreach (var (variation, value) in variations.Zip(values))
            if (IsOwn(what.Design, variation.Name))
                own[variation.Name] = value;
            else if (variation.Name == FaultsName)
                faults = FaultChoice.Named(value);
            else
                common = With(common, variation.Name, value);
        var made = RunRequest.Of(
            what.Design, new(what.Design, common, own), faults, what.Seed, what.Spec.Assembly);
        return made with
        {
            Spec = made.Spec with { StopAtEvent = what.Spec.StopAtEvent, Until = what.Spec.Until },
        };
    }

    /// <summary>Looks whether a design has an option, and the option each of the values by itself.</summary>
    /// <exception cref="UserMistakeException">It has not.</exception>
    public static void MustTake(RunRequest what, Variation variation)
    {
        var names = what.Design.Options.Select(option => option.Name).Concat(CommonNames).ToList();
        var name = variation.Name;
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new UserMistakeException(
                $"--vary: {what.Design.Name} has no option {name}; it has {string.Join(", ", names)}"
                + Suggestion.For(name, names));
        if (what.Spec.Options.ContainsKey(name) || IsGiven(what, name))
            throw new UserMistakeException($"--vary {name}: expected it varied or given, found both");
        foreach (var value in variation.Values)
            try
            {
                _ = Of(what with { Spec = what.Spec with { Options = NoOptions } }, [variation], [value]);
            }
            catch (UserMistakeException mistake)
            {
                throw new UserMistakeException($"--vary {mistake.Message.TrimStart('-')}", mistake);
            }
    }

    static Dictionary<string, string> NoOptions { get; } = new(StringComparer.Ordinal);

    static bool IsOwn(IDesign design, string name) =>
        design.Options.Any(option => string.Equals(option.Name, name, StringComparison.Ordinal));

    static bool IsGiven(RunRequest what, string name) => !IsOwn(what.Design, name)
        && (RunCommand.Common(what.Spec.Common).Any(given => given.Name == name)
            || (name == FaultsName && what.Faults.Name != FaultChoice.Story.Name));

    static CommonOptions With(CommonOptions common, string name, string value) => name switch
    {
        "nodes" => common with { Nodes = Count(name, value) },
        "clients" => common with { Clients = Count(name, value) },
        "rate" => common with { RatePerSecond = Rate(value) },
        "duration" => common with { Duration = Time(name, value) },
        "slo" => common with { Slo = Time(name, value) },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such option"),
    };

    static int Count(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
            ? count
            : throw new UserMistakeException(
                $"--{name}: expected a whole number of at least 1, found \"{value}\"");

    static double Rate(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
        && rate > 0 && double.IsFinite(rate)
            ? rate
            : throw new UserMistakeException(
                $"--rate: expected operations a second, above 0, found \"{value}\"");

    static TimeSpan Time(string name, string value) =>
        Durations.TryParse(value, out var time) && time > TimeSpan.Zero
            ? time
            : throw new UserMistakeException(
                $"--{name}: expected a time such as 250ms, 5s or 2m, above 0, found \"{value}\"");
}
