using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>What a policy can be told beside what every policy is told.</summary>
/// <param name="Name">The word before <c>=</c>: <c>down-window</c>.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Usual">What it is when it is not given, as it is written.</param>
public sealed record ScalingParameter(string Name, string Meaning, string Usual);

/// <summary>What a policy was told, by the names of its parameters.</summary>
internal sealed class ScalingArguments(string policy, IReadOnlyDictionary<string, string> given)
{
    /// <summary>As it was written.</summary>
    public string Text(string name) => given[name];

    /// <summary>A time.</summary>
    public TimeSpan Time(string name) => ScalingWords.Time(Place(name), given[name]);

    /// <summary>A time above 0.</summary>
    public TimeSpan TimeAbove0(string name) => Time(name) is var time && time > TimeSpan.Zero
        ? time
        : throw ScalingWords.Wrong(Place(name), "a time above 0", given[name]);

    /// <summary>A number of at least 0.</summary>
    public double AtLeast0(string name) => ScalingWords.AtLeast0(Place(name), given[name]);

    /// <summary>A number above 0.</summary>
    public double Above0(string name) => AtLeast0(name) is var number && number > 0
        ? number
        : throw ScalingWords.Wrong(Place(name), "a number above 0", given[name]);

    /// <summary>A share of at least 0.</summary>
    public double Share(string name) => ScalingWords.Share(Place(name), given[name]);

    /// <summary>A whole number of at least a least one.</summary>
    public int Whole(string name, int least) => ScalingWords.Whole(Place(name), given[name], least);

    /// <summary>One of some words.</summary>
    public string OneOf(string name, params string[] known) =>
        ScalingWords.OneOf(Place(name), given[name], known);

    /// <summary>Where a parameter stands, for messages.</summary>
    public string Place(string name) => $"{policy}:{name}";
}
