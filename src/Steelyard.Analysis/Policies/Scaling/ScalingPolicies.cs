using Steelyard.Analysis.Policies.Scaling.Amazon;
using Steelyard.Analysis.Policies.Scaling.Azure;
using Steelyard.Analysis.Policies.Scaling.Forecasts;
using Steelyard.Analysis.Policies.Scaling.Keda;
using Steelyard.Analysis.Policies.Scaling.Knative;
using Steelyard.Analysis.Policies.Scaling.Kubernetes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>The scaling policies that can be asked for by name.</summary>
public static class ScalingPolicies
{
    /// <summary>All kinds of them.</summary>
    public static IReadOnlyList<ScalingPolicyKind> All { get; } =
    [
        FixedPolicy.Kind, HpaPolicy.Kind, KpaPolicy.Kind, KedaPolicy.Kind, StepScalingPolicy.Kind,
        TargetTrackingPolicy.Kind, AzurePolicy.Kind, ScheduledPolicy.Kind, PredictivePolicy.Kind,
    ];

    /// <summary>The kind of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static ScalingPolicyKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new UserMistakeException(
            $"scaling policy: expected {string.Join(", ", All.Select(kind => kind.Name))}, found \"{name}\""
                + Suggestion.For(name, [.. All.Select(kind => kind.Name)]));

    /// <summary>A new policy, as words tell it: <c>hpa</c>, or
    /// <c>hpa:down-window=0s:tolerance=0.2</c>.</summary>
    /// <param name="words">Its name, and what it is told, each after a colon.</param>
    /// <param name="settings">What every policy is told.</param>
    /// <exception cref="UserMistakeException">There is no such policy or parameter, or a value cannot
    /// be.</exception>
    public static IScalingPolicy Create(string words, ScalingSettings settings)
    {
        var parts = words.Split(':', StringSplitOptions.TrimEntries);
        var kind = Named(parts[0]);
        var given = kind.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.Usual, StringComparer.Ordinal);
        foreach (var part in Joined(parts.Skip(1)))
        {
            var at = part.IndexOf('=');
            var name = at < 0 ? part : part[..at];
            if (!given.ContainsKey(name) || at < 0)
                throw new UserMistakeException(Unknown(kind, part) + Suggestion.For(name, [.. given.Keys]));
            given[name] = part[(at + 1)..];
        }

        return kind.Make(settings, new(kind.Name, given));
    }

    // A value may hold colons itself, as times of the day do.
    static List<string> Joined(IEnumerable<string> parts)
    {
        var joined = new List<string>();
        foreach (var part in parts)
            if (joined.Count > 0 && !part.Contains('='))
                joined[^1] += $":{part}";
            else
                joined.Add(part);
        return joined;
    }

    static string Unknown(ScalingPolicyKind kind, string found) => kind.Parameters.Count == 0
        ? $"{kind.Name}: expected nothing after its name, found \"{found}\""
        : $"{kind.Name}: expected one of {string.Join(", ", kind.Parameters.Select(one => $"{one.Name}=…"))},"
            + $" found \"{found}\"";
}
